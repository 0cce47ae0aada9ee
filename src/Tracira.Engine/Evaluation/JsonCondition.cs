namespace Tracira;

/// <summary>Flags outputs in which a field of the JSON is not as it should be.</summary>
/// <param name="path">Where the field is.</param>
internal abstract class JsonCondition(JsonPath path) : Condition
{
    /// <summary>The member of a path that means the action that came with the output, where there is one.</summary>
    public const string Action = "action";

    /// <summary>Where the field is.</summary>
    public JsonPath Path => path;

    /// <summary>Whether the path leads into the action that came with the output instead of into the output, where there is one.</summary>
    public bool MayBeInAction { get; } = path.BeginsWith(Action);

    /// <summary>Whether a field that is missing is as it should be.</summary>
    public abstract bool TakesMissing { get; }

    /// <summary>Whether any value is as it should be.</summary>
    public virtual bool TakesAny => false;

    /// <summary>The bounds that a number must be within, where nothing else is asked of the field.</summary>
    public virtual NumberBounds? Bounds => null;

    /// <summary>Looks at a value at the path while nothing is decided: behind a wildcard the first that is not as it should be decides.</summary>
    public abstract void Look(ref JsonCursor value, DateTimeOffset now, ref JsonOutcome outcome);

    public sealed override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        ref readonly JsonOutcome outcome = ref output.Json(findings.Rule);
        if (outcome.Result == JsonResult.Holds)
            return RuleOutcomeKind.Passed;
        if (outcome.Result == JsonResult.Fails && findings.Wanted)
        {
            bool inAction = MayBeInAction && output.HasAction;
            if (!inAction)
                findings.AddMatch(new TextMatch(outcome.Start, outcome.Length));
            findings.Show(output.JsonText(inAction).Slice(outcome.Start, outcome.Length));
        }

        return findings.Because(
            (int)outcome.Result, outcome.Result == JsonResult.BudgetSpent ? RuleOutcomeKind.Error : RuleOutcomeKind.Flagged, outcome.Number);
    }

    public sealed override string Explain(in Finding finding, ReadOnlySpan<char> shown) => (JsonResult)finding.Reason switch
    {
        JsonResult.NoJson => "output holds no JSON",
        JsonResult.Missing => $"{path.Text} is missing",
        JsonResult.BudgetSpent => $"the pattern for {path.Text} needs backtracking and took longer than {RegexValue.Budget.TotalMilliseconds} ms",
        _ => ExplainValue((int)finding.Number, shown),
    };

    /// <summary>Tells what is wrong with the value that decided.</summary>
    /// <param name="number">The number of the outcome.</param>
    /// <param name="shown">The value.</param>
    protected abstract string ExplainValue(int number, ReadOnlySpan<char> shown);
}
