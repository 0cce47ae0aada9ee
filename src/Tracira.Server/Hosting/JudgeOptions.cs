namespace Tracira.Server.Hosting;

/// <summary>Whom judge rules are asked of where a workspace has not chosen itself, and how long it is tried.</summary>
internal sealed record JudgeOptions
{
    /// <summary>The provider of rules and workspaces that name none; null for the first one that there is a key or an address for.</summary>
    public string? Provider { get; init; }

    /// <summary>What the operator set up, by provider.</summary>
    public IReadOnlyDictionary<string, ProviderOptions> Providers { get; init; } = new Dictionary<string, ProviderOptions>();

    /// <summary>How many questions a provider is asked side by side with one key.</summary>
    public int ProviderConcurrency { get; init; } = 8;

    /// <summary>How long one try may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a question is asked again at once where the provider is in trouble.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>How long to wait before the first of these, where the provider does not say.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer holds for the same question; zero to ask anew each time.</summary>
    public TimeSpan CacheLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>For how long a provider that failed is asked again in the background; zero for not at all.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long to wait before the first of these times; ever longer before the next.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static JudgeOptions Read(IConfiguration configuration, Func<string, long, long, long, long> whole)
    {
        string? provider = Text("Judging:Provider")?.ToLowerInvariant();
        if (provider is not (null or "openai" or "openrouter" or "anthropic"))
            throw new SettingException("Judging:Provider", "must be openai, openrouter or anthropic");
        var providers = new Dictionary<string, ProviderOptions>();
        foreach (string name in new[] { "openai", "openrouter", "anthropic" })
        {
            // The short names stand for the provider that is asked unless something else is said.
            bool isMain = name == (provider ?? "openai");
            providers[name] = new ProviderOptions(Address(name, isMain), Of(name, "ApiKey", isMain), Of(name, "Model", isMain));
        }

        return new JudgeOptions
        {
            Provider = provider,
            Providers = providers,
            ProviderConcurrency = (int)whole("Judging:ProviderConcurrency", 8, 1, 1_000),
            Timeout = TimeSpan.FromSeconds(whole("Judging:TimeoutSeconds", 60, 1, 600)),
            Retries = (int)whole("Judging:Retries", 2, 1, 10),
            RetryDelay = TimeSpan.FromMilliseconds(whole("Judging:RetryDelayMs", 1_000, 1, 60_000)),
            CacheLifetime = TimeSpan.FromSeconds(whole("Judging:CacheSeconds", 3_600, 0, 604_800)),
            RetryPeriod = TimeSpan.FromSeconds(whole("Judging:RetryPeriodSeconds", 3_600, 0, 604_800)),
            RetryPause = TimeSpan.FromSeconds(whole("Judging:RetryPauseSeconds", 30, 1, 600)),
        };

        string? Text(string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string? Of(string name, string key, bool isMain) => Text($"Judging:{name}:{key}") ?? (isMain ? Text($"Judging:{key}") : null);

        Uri? Address(string name, bool isMain)
        {
            if (Of(name, "BaseUrl", isMain) is not { } text)
                return null;
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
                ? uri
                : throw new SettingException("Judging:BaseUrl", "must be an http or https address such as http://localhost:11434/v1");
        }
    }
}

/// <summary>What the operator set up for one provider.</summary>
/// <param name="BaseUrl">Where it is; null for where it always is.</param>
/// <param name="ApiKey">The key of workspaces that have none.</param>
/// <param name="Model">The model of workspaces that name none.</param>
internal sealed record ProviderOptions(Uri? BaseUrl, string? ApiKey, string? Model);
