namespace Tracira.Server.Hosting;

/// <summary>
/// Where settings come from: flags beat the environment (<c>TRACIRA_…</c>), which beats <c>tracira.json</c>. Every setting can also be given
/// as the name of a file that holds it, <c>TRACIRA_…_FILE</c>, as container secrets are.
/// </summary>
internal static class TraciraConfiguration
{
    private const string Prefix = "TRACIRA_";
    private const string FileSuffix = "_FILE";

    /// <summary>Layers the sources.</summary>
    /// <param name="file">The settings file; null for <c>tracira.json</c> in the current folder, where there is one.</param>
    /// <param name="flags">What the command line said.</param>
    /// <exception cref="SettingException">A named file cannot be read.</exception>
    public static IConfigurationRoot Build(string? file, IEnumerable<KeyValuePair<string, string?>> flags)
    {
        string? chosen = file ?? Environment.GetEnvironmentVariable(Prefix + "CONFIG");
        if (chosen is not null && !File.Exists(chosen))
            throw new SettingException("Config", $"names a file that does not exist: {chosen}");
        try
        {
            return new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath(chosen ?? "tracira.json"), optional: chosen is null, reloadOnChange: false)
                .AddInMemoryCollection(FromEnvironment())
                .AddInMemoryCollection(flags)
                .Build();
        }
        catch (InvalidDataException exception)
        {
            throw new SettingException("Config", $"names a file that is not valid JSON: {exception.InnerException?.Message ?? exception.Message}");
        }
    }

    /// <summary>The environment variable of a setting.</summary>
    public static string EnvironmentName(string key) => Prefix + key.Replace(":", "__", StringComparison.Ordinal).ToUpperInvariant();

    // Two underscores part levels, as everywhere in .NET; one is there for the reader only, so TRACIRA_WEBHOOK_TOKEN is WebhookToken.
    private static IEnumerable<KeyValuePair<string, string?>> FromEnvironment()
    {
        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable is not { Key: string name, Value: string value } || !name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            bool isFile = name.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase);
            string key = name[Prefix.Length..(isFile ? ^FileSuffix.Length : ^0)]
                .Replace("__", ":", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
            if (isFile && !File.Exists(value))
                throw new SettingException(key, $"is to be read from a file that does not exist: {value}");
            yield return new KeyValuePair<string, string?>(key, isFile ? File.ReadAllText(value).Trim() : value);
        }
    }
}
