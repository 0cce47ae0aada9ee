using System.Text.RegularExpressions;

namespace Tracira;

/// <summary>Flags outputs in which a field of the JSON is not as it should be.</summary>
internal sealed class JsonFieldCondition(JsonFieldValue value) : Condition
{
    private const int NoJson = 1;
    private const int NotThere = 2;
    private const int BudgetSpent = 3;
    private readonly bool _expectsMissing = value.Test is MissingTest;

    public override RuleOutcomeKind Evaluate(ref OutputText output, ref Findings findings)
    {
        bool inAction = output.IsInAction(value.Path);
        ReadOnlySpan<byte> json = output.Json(inAction);
        if (json.IsEmpty)
            return findings.Because(NoJson, RuleOutcomeKind.Flagged);
        var visitor = new Visitor(value.Test, _expectsMissing, output.Now);
        try
        {
            switch (value.Path.Follow(new JsonValue(json, 0), inAction ? 1 : 0, ref visitor))
            {
                case PathResult.Holds:
                    return RuleOutcomeKind.Passed;
                case PathResult.Missing:
                    return _expectsMissing ? RuleOutcomeKind.Passed : findings.Because(NotThere, RuleOutcomeKind.Flagged);
            }
        }
        catch (RegexMatchTimeoutException)
        {
            return findings.Because(BudgetSpent, RuleOutcomeKind.Error);
        }

        if (findings.Wanted)
        {
            ReadOnlySpan<byte> raw = new JsonValue(json, visitor.Failed).Raw();
            if (!inAction)
                findings.AddMatch(output.PlaceOf(visitor.Failed, raw.Length));
            findings.Show(raw);
        }

        return findings.Because(0, RuleOutcomeKind.Flagged);
    }

    public override string Explain(in Finding finding, ReadOnlySpan<char> shown) => finding.Reason switch
    {
        NoJson => "output holds no JSON",
        NotThere => $"{value.Path.Text} is missing",
        BudgetSpent => $"the pattern for {value.Path.Text} needs backtracking and took longer than {RegexValue.Budget.TotalMilliseconds} ms",
        _ => $"{value.Path.Text} is {shown}, expected {value.Test.Expected}",
    };

    private ref struct Visitor(JsonTest test, bool takesMissing, DateTimeOffset now) : IJsonVisitor
    {
        public readonly bool TakesMissing => takesMissing;

        public int Failed { get; private set; }

        public bool Visit(JsonValue value)
        {
            if (test.Holds(value, now))
                return true;
            Failed = value.Start;
            return false;
        }
    }
}
