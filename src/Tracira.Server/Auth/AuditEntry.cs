namespace Tracira.Server.Auth;

/// <summary>One change and who made it.</summary>
internal sealed record AuditEntry(
    string Id,
    DateTimeOffset At,
    string Action,
    string SubjectId,
    string? SubjectName,
    string ActorKind,
    string ActorId,
    string ActorName,
    string RequestId,
    IReadOnlyDictionary<string, string?>? Details);
