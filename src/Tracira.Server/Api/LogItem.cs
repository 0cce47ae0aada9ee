namespace Tracira.Server.Api;

/// <summary>A log in a list; absent values are left out.</summary>
internal record LogItem
{
    public required string Id { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required string ProjectId { get; init; }

    public required string ProjectName { get; init; }

    public string? TaskName { get; init; }

    public string? SessionId { get; init; }

    public string? SubjectId { get; init; }

    public string? ActorId { get; init; }

    public string? Model { get; init; }

    public required string Status { get; init; }

    public double? LatencyMs { get; init; }

    public double? CostUsd { get; init; }

    public string? Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? HumanDecision { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }

    public string? DecisionSource { get; init; }

    public string? CallbackUrl { get; init; }

    public RawJson? Metadata { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? Input { get; init; }

    public required string Output { get; init; }

    public string? Explanation { get; init; }

    public int? SessionTurnCount { get; init; }

    public static LogItem Of(LogListItem item)
    {
        Log log = item.Log;
        return new LogItem
        {
            Id = log.Id,
            Timestamp = log.Timestamp,
            ProjectId = log.ProjectId,
            ProjectName = log.ProjectName,
            TaskName = log.TaskName,
            SessionId = log.SessionId,
            SubjectId = log.SubjectId,
            ActorId = log.ActorId,
            Model = log.Model,
            Status = WireNames.Status[log.Status],
            LatencyMs = log.LatencyMs,
            CostUsd = log.CostUsd,
            Verdict = log.Status == LogStatus.Pending ? null : WireNames.Status[log.Status],
            ConfidenceScore = log.ConfidenceScore,
            HumanDecision = log.Decision is { } decision ? WireNames.Decision[decision.Kind] : null,
            DecidedAt = log.Decision?.At,
            DecidedBy = log.Decision?.By,
            DecisionSource = log.Decision?.Source,
            CallbackUrl = log.CallbackUrl,
            Metadata = log.Metadata is { } metadata ? new RawJson(metadata) : null,
            Tags = log.Tags.Count > 0 ? log.Tags : null,
            Input = log.Input,
            Output = log.Output,
            Explanation = log.Explanation,
            SessionTurnCount = log.SessionId is null ? null : item.SessionTurnCount,
        };
    }
}
