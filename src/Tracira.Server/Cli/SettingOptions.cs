using System.CommandLine;
using Tracira.Server.Hosting;

namespace Tracira.Server.Cli;

/// <summary>The flags that stand for settings. A flag beats the environment, which beats <c>tracira.json</c>.</summary>
internal sealed class SettingOptions
{
    private readonly Option<string?> _config = new("--config")
    {
        Description = "Settings file [default: ./tracira.json where there is one]",
        HelpName = "FILE",
    };

    private readonly Dictionary<Option, Func<ParseResult, KeyValuePair<string, string?>>> _settings = [];

    public SettingOptions(Command command)
    {
        command.Add(_config);
        AddText(command, "--data", "Data", "DIR", $"Folder that everything is kept in [default: {ServerOptions.DefaultData}]");
    }

    /// <summary>Adds a flag with a value.</summary>
    public void AddText(Command command, string flag, string key, string helpName, string description)
    {
        var option = new Option<string?>(flag) { Description = $"{description} (environment: {TraciraConfiguration.EnvironmentName(key)})", HelpName = helpName };
        command.Add(option);
        _settings.Add(option, parsed => new(key, parsed.GetValue(option)));
    }

    /// <summary>Adds a flag that is there or not.</summary>
    public void AddSwitch(Command command, string flag, string key, string description)
    {
        var option = new Option<bool>(flag) { Description = $"{description} (environment: {TraciraConfiguration.EnvironmentName(key)})" };
        command.Add(option);
        _settings.Add(option, parsed => new(key, parsed.GetValue(option) ? "true" : "false"));
    }

    /// <summary>The settings that apply to this run of the command.</summary>
    public ServerOptions Read(ParseResult parsed)
    {
        IEnumerable<KeyValuePair<string, string?>> flags = _settings
            .Where(setting => parsed.GetResult(setting.Key) is { Implicit: false })
            .Select(setting => setting.Value(parsed));
        return ServerOptions.Read(TraciraConfiguration.Build(parsed.GetValue(_config), flags));
    }
}
