namespace Tracira.Server.Live;

/// <summary>The first that a page hears.</summary>
/// <param name="Listener">By what it tells, at <c>PUT /api/events/focus</c>, what is being looked at.</param>
internal sealed record LiveHello(string Listener);

/// <summary>Who looks at which log.</summary>
internal sealed record LiveViewer(string UserId, string Name, string LogId);

/// <summary>What has become of a log.</summary>
/// <param name="Id">The log.</param>
/// <param name="Change"><c>added</c>, <c>changed</c> or <c>deleted</c>.</param>
internal sealed record LiveLog(string Id, string Change)
{
    public string? Status { get; init; }

    public string? ProjectName { get; init; }

    public string? HumanDecision { get; init; }

    public string? DecidedBy { get; init; }
}

/// <summary>Something else that was changed.</summary>
/// <param name="Action">As the audit log has it, such as <c>rule.created</c>.</param>
/// <param name="SubjectId">What it was done to.</param>
/// <param name="By">Who did it.</param>
internal sealed record LiveChange(string Action, string SubjectId, string By);
