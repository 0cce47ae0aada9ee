namespace Tracira;

/// <summary>What a set of rules says about one output, without the reasons. Costs nothing to make or copy.</summary>
public readonly record struct Verdict
{
    internal Verdict(int flagged, int errors, int undecided)
    {
        Flagged = flagged;
        Errors = errors;
        Undecided = undecided;
    }

    /// <summary>How many rules were triggered.</summary>
    public int Flagged { get; }

    /// <summary>How many rules could not be evaluated.</summary>
    public int Errors { get; }

    /// <summary>How many judge rules have still to be asked.</summary>
    public int Undecided { get; }

    /// <summary>
    /// The status these counts add up to: flagged before pending before error before pass. <see cref="LogStatus.Pending"/> means that
    /// nothing is triggered so far and a judge rule is still to be asked.
    /// </summary>
    public LogStatus Status =>
        Flagged > 0 ? LogStatus.Flagged
        : Undecided > 0 ? LogStatus.Pending
        : Errors > 0 ? LogStatus.Error
        : LogStatus.Pass;
}
