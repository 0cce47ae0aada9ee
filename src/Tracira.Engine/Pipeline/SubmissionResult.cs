namespace Tracira;

/// <summary>The answer to a submission.</summary>
public sealed record SubmissionResult
{
    /// <summary>What became of the submission.</summary>
    public required SubmissionOutcome Outcome { get; init; }

    /// <summary>The stored log: the new one, or the one that was there. Null where the submission is invalid.</summary>
    public Log? Log { get; init; }

    /// <summary>The log's status; <see cref="LogStatus.Pending"/> where there is none.</summary>
    public LogStatus Status => Log?.Status ?? LogStatus.Pending;

    /// <summary>Every field to be mended, where <see cref="Outcome"/> is <see cref="SubmissionOutcome.Invalid"/>.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    /// <summary>Time spent in deterministic rules.</summary>
    public TimeSpan RulesTime { get; init; }

    /// <summary>Time spent waiting for judges.</summary>
    public TimeSpan JudgeTime { get; init; }

    /// <summary>Time spent waiting for the log to be durable.</summary>
    public TimeSpan StoreTime { get; init; }
}
