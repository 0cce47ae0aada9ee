namespace Tracira;

/// <summary>What a person made of a log. It stands beside the log's status and does not change it.</summary>
/// <param name="Kind">Approved or rejected.</param>
/// <param name="At">When. UTC, whole milliseconds.</param>
/// <param name="By">Who, as a name or address that colleagues know.</param>
/// <param name="Source">Through what: <c>dashboard</c>, <c>api</c>, <c>slack</c> or <c>email</c>.</param>
/// <param name="Note">What the person wrote beside it.</param>
public sealed record Decision(DecisionKind Kind, DateTimeOffset At, string By, string Source, string? Note = null)
{
    /// <summary>For a change: what the AI shall do differently. Either this or <see cref="CorrectedOutput"/>.</summary>
    public string? Comment { get; init; }

    /// <summary>For a change: the output as the person wrote it.</summary>
    public string? CorrectedOutput { get; init; }
}
