namespace Tracira.Server.Api;

/// <summary>A whole log: what a list shows of it, and the rest.</summary>
internal sealed record LogDetail : LogItem
{
    public required string WorkspaceId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public string? InputText { get; init; }

    public double? Confidence { get; init; }

    public string? CallbackEvents { get; init; }

    public string? DecisionNote { get; init; }

    /// <summary>For the decision <c>changed</c>: what the AI shall do differently.</summary>
    public string? Comment { get; init; }

    /// <summary>For the decision <c>changed</c>: the output as the person wrote it.</summary>
    public string? CorrectedOutput { get; init; }

    public RawJson? Action { get; init; }

    public bool? RequireApproval { get; init; }

    public string? RevisionOf { get; init; }

    /// <summary>All attempts at the same thing, the earliest first, where there is more than this one.</summary>
    public IReadOnlyList<string>? Revisions { get; init; }

    public int? InstructionsVersion { get; init; }

    public DateTimeOffset? FlaggedAt { get; init; }

    public string? FlaggedBy { get; init; }

    public string? FlagReason { get; init; }

    public IReadOnlyList<AttachmentItem>? Attachments { get; init; }

    /// <summary>The size of all its files together.</summary>
    public required long MediaBytes { get; init; }

    public required IReadOnlyList<AppliedRuleItem> AppliedRules { get; init; }

    public static LogDetail Of(Log log) => new(LogItem.Of(new LogListItem(log, 0)))
    {
        WorkspaceId = log.WorkspaceId,
        CreatedAt = log.CreatedAt,
        InputText = log.InputText,
        Confidence = log.Confidence,
        CallbackEvents = log.CallbackUrl is null ? null : WireNames.Events[log.CallbackEvents],
        DecisionNote = log.Decision?.Note,
        Comment = log.Decision?.Comment,
        CorrectedOutput = log.Decision?.CorrectedOutput,
        Action = log.Action is { } action ? new RawJson(action) : null,
        RequireApproval = log.RequireApproval ? true : null,
        RevisionOf = log.RevisionOf,
        InstructionsVersion = log.InstructionsVersion,
        FlaggedAt = log.Flag?.At,
        FlaggedBy = log.Flag?.By,
        FlagReason = log.Flag?.Reason,
        SessionTurnCount = null,
        Attachments = log.Attachments.Count == 0 ? null : [.. log.Attachments.Select(AttachmentItem.Of)],
        MediaBytes = log.Attachments.Sum(static attachment => attachment.Bytes),
        AppliedRules = AppliedRuleItem.Of(log),
    };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private LogDetail(LogItem item)
        : base(item)
    {
        WorkspaceId = "";
        AppliedRules = [];
    }
}
