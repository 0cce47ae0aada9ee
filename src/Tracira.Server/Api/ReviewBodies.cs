namespace Tracira.Server.Api;

/// <summary>A person's decision on a log.</summary>
internal sealed record DecisionBody(string Decision)
{
    public string? Note { get; init; }

    public string? Comment { get; init; }

    public string? CorrectedOutput { get; init; }
}

/// <summary>What a decision came to.</summary>
internal sealed record DecisionAnswer(bool Ok, string DecidedBy);

/// <summary>A problem that was found later.</summary>
internal sealed record FlagBody(string Status)
{
    public string? Reason { get; init; }

    public string? FlaggedBy { get; init; }
}

/// <summary>The log is flagged.</summary>
internal sealed record FlagAnswer(bool Ok, string Id, string Status);

/// <summary>What to do with many logs.</summary>
internal sealed record BulkBody(IReadOnlyList<string> Ids, string Action);

/// <summary>How many logs were changed.</summary>
internal sealed record BulkAnswer(bool Ok, int Count);
