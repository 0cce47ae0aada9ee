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

    public required IReadOnlyList<AppliedRuleItem> AppliedRules { get; init; }

    public static LogDetail Of(Log log) => new(LogItem.Of(new LogListItem(log, 0)))
    {
        WorkspaceId = log.WorkspaceId,
        CreatedAt = log.CreatedAt,
        InputText = log.InputText,
        Confidence = log.Confidence,
        CallbackEvents = log.CallbackUrl is null ? null : WireNames.Events[log.CallbackEvents],
        DecisionNote = log.Decision?.Note,
        SessionTurnCount = null,
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
