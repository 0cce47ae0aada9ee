namespace Tracira.Server.Api;

/// <summary>The words that the contract has for the engine's values.</summary>
internal static class WireNames
{
    public static readonly WireEnum<LogStatus> Status = new(
        (LogStatus.Pending, "pending"), (LogStatus.Pass, "pass"), (LogStatus.Flagged, "flagged"), (LogStatus.Error, "error"));

    public static readonly WireEnum<CallbackEvents> Events = new(
        (CallbackEvents.All, "all"),
        (CallbackEvents.FlaggedError, "flagged_error"),
        (CallbackEvents.Decisions, "decisions"),
        (CallbackEvents.FlaggedErrorDecisions, "flagged_error_decisions"),
        (CallbackEvents.Pass, "pass"));

    public static readonly WireEnum<DecisionKind> Decision = new(
        (DecisionKind.Approved, "approved"), (DecisionKind.Rejected, "rejected"), (DecisionKind.Changed, "changed"), (DecisionKind.Handled, "handled"));

    public static readonly WireEnum<TokenScope> Scope = new((TokenScope.Full, "full"), (TokenScope.Ingest, "ingest"));

    public static readonly WireEnum<AttachmentRole> Role = new((AttachmentRole.Input, "input"), (AttachmentRole.Output, "output"));

    public static readonly WireEnum<DeliveryState> Delivery = new(
        (DeliveryState.Waiting, "waiting"), (DeliveryState.Delivered, "delivered"), (DeliveryState.Dead, "dead"));

    public static readonly WireEnum<LogSort> Sort = new(
        (LogSort.Timestamp, "timestamp"), (LogSort.ProjectName, "projectName"), (LogSort.Model, "model"),
        (LogSort.Status, "status"), (LogSort.LatencyMs, "latencyMs"), (LogSort.CostUsd, "costUsd"));

    public static readonly WireEnum<RuleOutcomeKind> Outcome = new(
        (RuleOutcomeKind.Passed, "passed"), (RuleOutcomeKind.Flagged, "flagged"), (RuleOutcomeKind.Error, "error"),
        (RuleOutcomeKind.Skipped, "skipped"), (RuleOutcomeKind.Undecided, "skipped"));
}
