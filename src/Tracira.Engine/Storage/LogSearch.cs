namespace Tracira;

/// <summary>How far a search through outputs came.</summary>
/// <param name="Searched">Of how many logs it is known whether they match: they were read, or an index ruled them out.</param>
/// <param name="Complete">Whether those are all that the other conditions hold for. Where not, count and summary are about what was searched.</param>
public sealed record LogSearch(int Searched, bool Complete)
{
    /// <summary>Where the search is not complete, the time of the last log that was read; it goes on behind that, in the query's order.</summary>
    public DateTimeOffset? Reached { get; init; }
}
