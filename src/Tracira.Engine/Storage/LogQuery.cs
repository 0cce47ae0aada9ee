namespace Tracira;

/// <summary>
/// Which logs to list and in which order. All conditions must hold. Names and ids are matched whole, ordinally and without regard to
/// case; ties of the order are broken by timestamp and then by id, in the same direction.
/// </summary>
/// <param name="WorkspaceId">The workspace to look in.</param>
public sealed record LogQuery(string WorkspaceId)
{
    /// <summary>True for logs that await review only.</summary>
    public bool AwaitingReview { get; init; }

    /// <summary>Only logs of this status.</summary>
    public LogStatus? Status { get; init; }

    /// <summary>Only logs of the project of this name.</summary>
    public string? Project { get; init; }

    /// <summary>Only logs of the task of this name.</summary>
    public string? Task { get; init; }

    /// <summary>Only logs of this session.</summary>
    public string? SessionId { get; init; }

    /// <summary>Only logs about this subject.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Only logs of this actor.</summary>
    public string? ActorId { get; init; }

    /// <summary>Only logs with this text, in any case, somewhere in project, task, model, session, subject or actor.</summary>
    public string? Text { get; init; }

    /// <summary>Only logs whose output contains this text, in any case.</summary>
    public string? OutputText { get; init; }

    /// <summary>Only logs that carry all of these tags.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Only logs dated at or after this moment.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Only logs dated before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>What to order by.</summary>
    public LogSort Sort { get; init; } = LogSort.Timestamp;

    /// <summary>Whether the largest, or the newest, come first.</summary>
    public bool Descending { get; init; } = true;

    /// <summary>How many matching logs to pass over; 0 or more.</summary>
    public int Offset { get; init; }

    /// <summary>How many logs to return at most; 1 to 100.</summary>
    public int Limit { get; init; } = 50;
}
