using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>Flags outputs in which a field of the JSON does not meet a condition.</summary>
internal sealed class JsonFieldCondition(JsonFieldValue value) : JsonCondition(value.Path)
{
    private readonly JsonTest _test = value.Test;

    public override bool TakesMissing { get; } = value.Test is MissingTest;

    public override bool TakesAny { get; } = value.Test is ExistsTest;

    public override NumberBounds? Bounds => _test.Bounds;

    public override void Look(ref JsonCursor value, DateTimeOffset now, ref JsonOutcome outcome)
    {
        try
        {
            if (!_test.Holds(ref value, now))
                outcome.Fail(value);
        }
        catch (RegexMatchTimeoutException)
        {
            outcome.Result = JsonResult.BudgetSpent;
        }
    }

    protected override string ExplainValue(int number, ReadOnlySpan<char> shown) => $"{Path.Text} is {shown}, expected {_test.Expected}";
}
