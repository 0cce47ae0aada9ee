namespace Tracira.Benchmarks;

/// <summary>Tracira asked for the verdict alone.</summary>
internal sealed class TraciraVerdict(RuleRow row) : Contender
{
    private readonly RuleSet _rules = RuleSet.Compile(row.Rules);

    public override int Count(int text) => _rules.Evaluate(row.Texts[text]).Flagged;
}

/// <summary>Tracira asked for each rule's outcome and the places of its matches, as the server does with every log.</summary>
internal sealed class TraciraEvaluation(RuleRow row) : Contender
{
    private readonly RuleSet _rules = RuleSet.Compile(row.Rules);
    private readonly Evaluation _evaluation = new();

    public override int Count(int text) => _rules.Evaluate(row.Texts[text], null, _evaluation).Flagged;
}
