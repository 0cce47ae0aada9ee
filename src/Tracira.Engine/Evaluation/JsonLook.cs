namespace Tracira;

/// <summary>One look of all rules over fields at one JSON text.</summary>
/// <param name="conditions">The condition of each rule of the set; null where it is of another kind.</param>
/// <param name="now">The time of the evaluation.</param>
/// <param name="outcomes">Takes what each rule says.</param>
internal readonly ref struct JsonLook(JsonCondition?[] conditions, DateTimeOffset now, Span<JsonOutcome> outcomes)
{
    private readonly Span<JsonOutcome> _outcomes = outcomes;

    /// <summary>Has a rule look at a value at its path: behind a wildcard the first that is not as it should be decides.</summary>
    public void See(int rule, ref JsonCursor value)
    {
        ref JsonOutcome outcome = ref _outcomes[rule];
        if (outcome.Result == JsonResult.Holds)
            conditions[rule]!.Look(ref value, now, ref outcome);
    }

    /// <summary>Tells a rule of a value that is known not to be as it should be.</summary>
    public void Fail(int rule, in JsonCursor value)
    {
        ref JsonOutcome outcome = ref _outcomes[rule];
        if (outcome.Result == JsonResult.Holds)
            outcome.Fail(value);
    }

    /// <summary>Tells rules that their paths lead nowhere.</summary>
    public void Miss(ReadOnlySpan<int> rules)
    {
        foreach (int rule in rules)
        {
            ref JsonOutcome outcome = ref _outcomes[rule];
            if (outcome.Result == JsonResult.Holds && !conditions[rule]!.TakesMissing)
                outcome.Result = JsonResult.Missing;
        }
    }
}
