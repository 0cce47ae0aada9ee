namespace Tracira.Server.Auth;

/// <summary>Which entries of the audit log are wanted.</summary>
/// <param name="Action">What their actions begin with; null for any.</param>
/// <param name="SubjectId">What they are about; null for anything.</param>
/// <param name="Before">The id of the entry before which to begin; null for the newest.</param>
/// <param name="Limit">How many at most.</param>
internal sealed record AuditQuery(string? Action, string? SubjectId, string? Before, int Limit)
{
    public bool Matches(AuditEntry entry) =>
        (Action is null || entry.Action.StartsWith(Action, StringComparison.Ordinal)) && (SubjectId is null || entry.SubjectId == SubjectId);
}
