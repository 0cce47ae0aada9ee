using Tracira.Server.Api;

namespace Tracira.Server.Outbound;

/// <summary>
/// What a callback or webhook is sent: the event in the form of Standard Webhooks, and beside it, at the top, what no-code tools branch on.
/// </summary>
/// <param name="Type"><c>log.evaluated</c> or <c>log.decided</c>.</param>
/// <param name="Timestamp">When that happened.</param>
/// <param name="Data">The log as it is now.</param>
/// <param name="Id">The log's id.</param>
/// <param name="Status">The log's status.</param>
internal sealed record WebhookBody(string Type, DateTimeOffset Timestamp, WebhookData Data, string Id, string Status)
{
    public string? HumanDecision { get; init; }

    /// <param name="message">What happened.</param>
    /// <param name="log">The log as it is now.</param>
    /// <param name="absolute">Makes an address of ours absolute.</param>
    public static WebhookBody Of(OutboxMessage message, Log log, Func<string, string> absolute)
    {
        WebhookData data = WebhookData.Of(message, log, absolute);
        return new(message.Event, message.CreatedAt, data, log.Id, data.Status) { HumanDecision = data.HumanDecision };
    }
}

/// <summary>A log, as its receivers are told of it.</summary>
internal sealed record WebhookData
{
    public required string Id { get; init; }

    /// <summary>The event in the words of subscriptions, such as <c>flagged</c> or <c>approved</c>.</summary>
    public string? Event { get; init; }

    public required string Status { get; init; }

    public required VerdictItem Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? Explanation { get; init; }

    public required string Project { get; init; }

    public string? Task { get; init; }

    public string? SessionId { get; init; }

    public string? SubjectId { get; init; }

    public string? ActorId { get; init; }

    public RawJson? Metadata { get; init; }

    public string? Input { get; init; }

    /// <summary>What is to be used: the output as a person corrected it, else as the AI wrote it.</summary>
    public required string Output { get; init; }

    /// <summary>The output as the AI wrote it.</summary>
    public required string AiOutput { get; init; }

    public RawJson? Action { get; init; }

    public IReadOnlyList<AttachmentItem>? Attachments { get; init; }

    public string? HumanDecision { get; init; }

    /// <summary>The same under the name that subscribers know it by.</summary>
    public string? Decision { get; init; }

    public string? DecidedBy { get; init; }

    public DateTimeOffset? DecidedAt { get; init; }

    public string? Note { get; init; }

    public string? Comment { get; init; }

    public string? CorrectedOutput { get; init; }

    public static WebhookData Of(OutboxMessage message, Log log, Func<string, string> absolute)
    {
        LogEvents happened = LogEventNames.Of(log, message.Event);
        string? decision = log.Decision is { } made ? WireNames.Decision[made.Kind] : null;
        return new WebhookData
        {
            Id = log.Id,
            Event = happened == LogEvents.None ? null : LogEventNames.All[happened],
            Status = WireNames.Status[log.Status],
            Verdict = VerdictItem.Of(log),
            ConfidenceScore = log.ConfidenceScore,
            Explanation = log.Explanation,
            Project = log.ProjectName,
            Task = log.TaskName,
            SessionId = log.SessionId,
            SubjectId = log.SubjectId,
            ActorId = log.ActorId,
            Metadata = log.Metadata is { } metadata ? new RawJson(metadata) : null,
            Input = log.Input,
            Output = log.Decision?.CorrectedOutput ?? log.Output,
            AiOutput = log.Output,
            Action = log.Action is { } action ? new RawJson(action) : null,
            Attachments = log.Attachments.Count == 0 ? null : [.. log.Attachments.Select(attachment => At(absolute, AttachmentItem.Of(attachment)))],
            HumanDecision = decision,
            Decision = decision,
            DecidedBy = log.Decision?.By,
            DecidedAt = log.Decision?.At,
            Note = log.Decision?.Note,
            Comment = log.Decision?.Comment,
            CorrectedOutput = log.Decision?.CorrectedOutput,
        };
    }

    private static AttachmentItem At(Func<string, string> absolute, AttachmentItem item) =>
        item.Url is null ? item : item with { Url = absolute(item.Url) };
}

/// <summary>What a receiver is sent when somebody wants to know whether it is there.</summary>
/// <param name="Type"><c>test</c>.</param>
/// <param name="Timestamp">When.</param>
internal sealed record WebhookTestBody(string Type, DateTimeOffset Timestamp);
