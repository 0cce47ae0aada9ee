namespace Tracira.Server.Backtesting;

/// <summary>
/// What a draft rule would have said about stored logs, beside what became of them then and what people decided. Takes one log at a
/// time and keeps counts and a few examples, so that its memory does not grow with the logs. Not thread-safe.
/// </summary>
internal sealed class Backtest
{
    private readonly RuleSet _rules;
    private readonly Rule _rule;
    private readonly int _maxExamples;
    private readonly Evaluation _evaluation = new();
    private readonly List<BacktestExample> _examples = [];

    /// <param name="rule">The draft; not a judge rule.</param>
    /// <param name="maxExamples">How many flagged logs to keep.</param>
    /// <param name="time">The clock of conditions such as "within 3 days ago": today's, not that of the log.</param>
    /// <exception cref="RuleException">The rule's value does not fit its type.</exception>
    public Backtest(Rule rule, int maxExamples, TimeProvider time)
    {
        _rule = rule;
        _rules = RuleSet.Compile([rule], time);
        _maxExamples = maxExamples;
    }

    /// <summary>How many logs the rule was applied to.</summary>
    public int Evaluated { get; private set; }

    /// <summary>How many of them it flags.</summary>
    public int Flagged { get; private set; }

    /// <summary>How many it cannot evaluate: a pattern's budget was spent.</summary>
    public int Errors { get; private set; }

    /// <summary>How many it passes over: it needs a confidence and none was sent.</summary>
    public int Skipped { get; private set; }

    /// <summary>Flagged by the rule, and passed then.</summary>
    public int NewlyFlagged { get; private set; }

    /// <summary>Flagged by the rule, and flagged then too.</summary>
    public int StillFlagged { get; private set; }

    /// <summary>Not flagged by the rule, but flagged then by others.</summary>
    public int FlaggedByOthersOnly { get; private set; }

    /// <summary>Flagged by the rule, and a person rejected or changed it: rightly flagged.</summary>
    public int RightlyFlagged { get; private set; }

    /// <summary>Flagged by the rule, but a person approved it: a false alarm.</summary>
    public int FalseAlarms { get; private set; }

    /// <summary>Not flagged by the rule, but a person rejected or changed it: missed.</summary>
    public int Missed { get; private set; }

    /// <summary>Not flagged by the rule, and a person approved it.</summary>
    public int RightlyPassed { get; private set; }

    /// <summary>The share of flagged logs that a person decided on and did not approve; null where there is none that a person decided on.</summary>
    public double? Precision => Share(RightlyFlagged, FalseAlarms);

    /// <summary>The share of logs that a person did not approve which the rule flags; null where there is none.</summary>
    public double? Recall => Share(RightlyFlagged, Missed);

    /// <summary>The first flagged logs.</summary>
    public IReadOnlyList<BacktestExample> Examples => _examples;

    /// <summary>Applies the rule to a log, where its scope covers it.</summary>
    public void Add(Log log)
    {
        Evaluated++;
        _rules.Evaluate(log.Output, log.Confidence, _evaluation, log.Action);
        ref readonly RuleOutcome outcome = ref _evaluation.Outcomes[0];
        bool flags = outcome.Kind == RuleOutcomeKind.Flagged;
        Errors += outcome.Kind == RuleOutcomeKind.Error ? 1 : 0;
        Skipped += outcome.Kind == RuleOutcomeKind.Skipped ? 1 : 0;
        CompareWithThen(log, flags);
        CompareWithPeople(log, flags);
        if (!flags)
            return;
        Flagged++;
        if (_examples.Count < _maxExamples)
            _examples.Add(new BacktestExample(log, Applied(outcome)));
    }

    private AppliedRule Applied(in RuleOutcome outcome) => new(_rule, outcome.Kind)
    {
        Reason = _evaluation.ReasonOf(outcome),
        Matches = _evaluation.MatchesOf(outcome).ToArray(),
    };

    private void CompareWithThen(Log log, bool flags)
    {
        NewlyFlagged += flags && log.Status == LogStatus.Pass ? 1 : 0;
        StillFlagged += flags && log.Status == LogStatus.Flagged ? 1 : 0;
        FlaggedByOthersOnly += !flags && log.Status == LogStatus.Flagged ? 1 : 0;
    }

    // What a person handled elsewhere says nothing about the output.
    private void CompareWithPeople(Log log, bool flags)
    {
        switch (log.Decision?.Kind)
        {
            case DecisionKind.Approved when flags:
                FalseAlarms++;
                break;
            case DecisionKind.Approved:
                RightlyPassed++;
                break;
            case DecisionKind.Rejected or DecisionKind.Changed when flags:
                RightlyFlagged++;
                break;
            case DecisionKind.Rejected or DecisionKind.Changed:
                Missed++;
                break;
        }
    }

    private static double? Share(int part, int rest) => part + rest == 0 ? null : (double)part / (part + rest);
}

/// <summary>A log that the draft flags.</summary>
internal sealed record BacktestExample(Log Log, AppliedRule Applied);
