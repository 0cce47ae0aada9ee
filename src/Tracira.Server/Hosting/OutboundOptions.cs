using System.Globalization;

namespace Tracira.Server.Hosting;

/// <summary>The settings about delivering messages.</summary>
internal sealed record OutboundOptions
{
    private static readonly double[] UsualBackoff = [5, 30, 120, 600, 3_600, 21_600, 86_400];

    /// <summary>How long one attempt may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait after each failed attempt; a message whose attempts outnumber them is dead.</summary>
    public IReadOnlyList<TimeSpan> Backoff { get; init; } = [.. UsualBackoff.Select(TimeSpan.FromSeconds)];

    /// <summary>How many attempts are under way at once.</summary>
    public int Concurrency { get; init; } = 2_000;

    /// <summary>How many of them to one host.</summary>
    public int ConcurrencyPerHost { get; init; } = 16;

    /// <summary>How long a delivered message can still be looked at.</summary>
    public TimeSpan KeepDelivered { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a subscription's receiver may fail before the subscription goes.</summary>
    public TimeSpan SubscriptionPatience { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Reads the settings.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static OutboundOptions Read(IConfiguration configuration, Func<string, long, long, long, long> whole) => new()
    {
        Timeout = TimeSpan.FromSeconds(whole("Outbound:TimeoutSeconds", 15, 1, 300)),
        Backoff = ReadBackoff(configuration["Outbound:Backoff"]),
        Concurrency = (int)whole("Outbound:Concurrency", 2_000, 1, 100_000),
        ConcurrencyPerHost = (int)whole("Outbound:ConcurrencyPerHost", 16, 1, 1_000),
        KeepDelivered = TimeSpan.FromDays(whole("Outbound:KeepDeliveredDays", 7, 0, 365)),
    };

    private static TimeSpan[] ReadBackoff(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return [.. UsualBackoff.Select(TimeSpan.FromSeconds)];
        return [.. text.Split(',', StringSplitOptions.TrimEntries).Select(static word =>
            double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds <= 604_800
                ? TimeSpan.FromSeconds(seconds)
                : throw new SettingException("Outbound:Backoff", "must be a list of seconds such as 5,30,120"))];
    }
}
