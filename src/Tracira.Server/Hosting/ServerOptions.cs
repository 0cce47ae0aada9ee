using System.Globalization;
using System.Net;

namespace Tracira.Server.Hosting;

/// <summary>The server's settings, read once from flags, environment and <c>tracira.json</c>.</summary>
internal sealed record ServerOptions
{
    public const string DefaultData = "./tracira-data";
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <summary>The folder that everything is kept in; absolute.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where to listen, separated by semicolons; empty for the operator's socket only.</summary>
    public required string Urls { get; init; }

    /// <summary>Whether a new data folder is filled with sample rules and logs.</summary>
    public bool Demo { get; init; }

    /// <summary>The default workspace's token, where the operator chooses it.</summary>
    public string? WebhookToken { get; init; }

    /// <summary>What the key ring is sealed with; null to keep it as it is. At least 32 characters.</summary>
    public string? SecretKey { get; init; }

    /// <summary>How many logs a workspace may send in any minute; 0 for no limit.</summary>
    public int LogsPerMinute { get; init; } = 60;

    /// <summary>How many rules a workspace may try out in any minute; 0 for no limit.</summary>
    public int EvaluationsPerMinute { get; init; } = 120;

    /// <summary>How long a sync submission waits for judges unless it says otherwise.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromSeconds(25);

    /// <summary>How many logs are judged side by side.</summary>
    public int JudgeConcurrency { get; init; } = 8;

    /// <summary>Whom judge rules are asked of.</summary>
    public JudgeOptions Judging { get; init; } = new();

    /// <summary>The largest request body that is read, in bytes, after decompression.</summary>
    public long BodyBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>The largest attachment that is fetched or sent inside a log, in bytes.</summary>
    public long AttachmentBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>How long one try to fetch an attachment may take.</summary>
    public TimeSpan FetchTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often files that belong to nothing are looked for.</summary>
    public TimeSpan ReapInterval { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Hosts that the server may reach wherever they are: names, or suffixes as <c>*.example.com</c>.</summary>
    public IReadOnlyList<string> AllowedHosts { get; init; } = [];

    /// <summary>Networks that the server may reach although they are not on the public internet.</summary>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; init; } = [];

    /// <summary>How messages are delivered.</summary>
    public OutboundOptions Outbound { get; init; } = new();

    /// <summary>Whether messages are delivered at all; not by a server that a command starts for itself.</summary>
    public bool Delivers { get; init; } = true;

    /// <summary>Where measurements and traces are sent by OTLP; null to go by the environment variables of OpenTelemetry.</summary>
    public string? OtlpEndpoint { get; init; }

    /// <summary>Whether anybody may read <c>/metrics</c>.</summary>
    public bool MetricsArePublic { get; init; }

    /// <summary>Where clients reach the server, without a slash at the end; null to go by what they ask for.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Where Slack's Web API is, without a slash at the end.</summary>
    public string SlackApiUrl { get; init; } = "https://slack.com/api";

    /// <summary>The mail server; null for no mail.</summary>
    public MailOptions? Mail { get; init; }

    /// <summary>How many days logs are kept where workspace and project say nothing else; 0 for ever.</summary>
    public int RetentionDays { get; init; }

    /// <summary>How many days entries of the audit log are kept; 0 for ever.</summary>
    public int AuditRetentionDays { get; init; } = 365;

    /// <summary>How many entries of its audit log a workspace keeps at most, the newest; all of them are in memory.</summary>
    public int AuditEntries { get; init; } = 100_000;

    /// <summary>How often logs and audit entries are looked for that need not be kept any longer.</summary>
    public TimeSpan RetentionSweep { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How people sign in.</summary>
    public PeopleOptions People { get; init; } = new();

    /// <summary>Whose word is taken for how a request came in; null for nobody's.</summary>
    public ForwardedHeadersOptions? TrustedProxies { get; init; }

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static ServerOptions Read(IConfiguration configuration)
    {
        string? token = Text("WebhookToken");
        if (token is not null && (token.Length is < 16 or > 200 || !token.StartsWith("wh-", StringComparison.Ordinal) || token.Any(char.IsWhiteSpace)))
            throw new SettingException("WebhookToken", "must start with wh- and have 16 to 200 characters without spaces");
        string? secretKey = Text("SecretKey");
        if (secretKey?.Length < 32)
            throw new SettingException("SecretKey", "must have at least 32 characters; `openssl rand -base64 32` makes a good one");
        return new ServerOptions
        {
            DataFolder = Path.GetFullPath(Text("Data") ?? DefaultData),
            Urls = Text("Urls") ?? DefaultUrls,
            Demo = Boolean("Demo"),
            WebhookToken = token,
            SecretKey = secretKey,
            People = PeopleOptions.Read(configuration, Whole),
            TrustedProxies = Hosting.TrustedProxies.Read(configuration),
            LogsPerMinute = (int)Whole("RateLimit:LogsPerMinute", 60, 0, 1_000_000),
            EvaluationsPerMinute = (int)Whole("RateLimit:EvaluationsPerMinute", 120, 0, 1_000_000),
            SyncTimeout = TimeSpan.FromSeconds(Whole("Evaluation:SyncTimeout", 25, 1, 300)),
            JudgeConcurrency = (int)Whole("Judging:Concurrency", 8, 1, 1_000),
            Judging = JudgeOptions.Read(configuration, Whole),
            RetentionDays = (int)Whole("Retention:Days", 0, 0, 36_500),
            AuditRetentionDays = (int)Whole("Audit:RetentionDays", 365, 0, 36_500),
            AuditEntries = (int)Whole("Audit:Entries", 100_000, 1, 10_000_000),
            RetentionSweep = TimeSpan.FromSeconds(Whole("Retention:SweepSeconds", 3_600, 1, 86_400)),
            BodyBytes = Whole("Limits:BodyBytes", 32 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
            AttachmentBytes = Whole("Limits:AttachmentBytes", 10 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
            FetchTimeout = TimeSpan.FromSeconds(Whole("Media:FetchSeconds", 30, 1, 300)),
            ReapInterval = TimeSpan.FromSeconds(Whole("Media:ReapSeconds", 3600, 1, 86_400)),
            AllowedHosts = Words("Outbound:AllowedHosts"),
            AllowedNetworks = [.. Words("Outbound:AllowedNetworks").Select(static word => IPNetwork.TryParse(word, out IPNetwork network)
                ? network
                : throw new SettingException("Outbound:AllowedNetworks", $"must be a list of networks such as 10.1.0.0/16, not {word}"))],
            Outbound = OutboundOptions.Read(configuration, Whole),
            MetricsArePublic = Boolean("Metrics:Public"),
            OtlpEndpoint = Address("Telemetry:OtlpEndpoint"),
            PublicUrl = Address("PublicUrl"),
            SlackApiUrl = Address("Slack:ApiUrl") ?? "https://slack.com/api",
            Mail = MailOptions.Read(configuration, Whole),
        };

        string? Text(string key) => configuration[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

        string[] Words(string key) =>
            (Text(key) ?? "").Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        string? Address(string key)
        {
            if (Text(key) is not { } text)
                return null;
            return Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
                ? text.TrimEnd('/')
                : throw new SettingException(key, "must be an http or https address such as https://tracira.example.com");
        }

        bool Boolean(string key)
        {
            if (Text(key) is not { } text)
                return false;
            return bool.TryParse(text, out bool value) ? value : throw new SettingException(key, "must be true or false");
        }

        long Whole(string key, long otherwise, long min, long max)
        {
            if (Text(key) is not { } text)
                return otherwise;
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value) && value >= min && value <= max
                ? value
                : throw new SettingException(key, $"must be a whole number from {min} to {max}");
        }
    }
}
