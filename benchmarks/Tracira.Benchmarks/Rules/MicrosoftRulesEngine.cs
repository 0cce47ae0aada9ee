using RulesEngine.Models;

namespace Tracira.Benchmarks;

/// <summary>
/// Microsoft's RulesEngine: an expression for each rule, which it compiles, and a tree of results. The expressions call what the column of
/// plain .NET calls, so that the difference is the engine's own cost.
/// </summary>
internal sealed class MicrosoftRulesEngine : Contender
{
    private const string Workflow = "rules";
    private readonly RulesEngine.RulesEngine _engine;
    private readonly Func<int, int, bool> _hits;

    public MicrosoftRulesEngine(RuleRow row, Func<int, int, bool> hits)
    {
        _hits = hits;
        var workflow = new Workflow
        {
            WorkflowName = Workflow,
            Rules = [.. row.Rules.Select(static (rule, number) => new RulesEngine.Models.Rule { RuleName = rule.Name, Expression = $"Plain.Hits(output, {number})" })],
        };
        _engine = new RulesEngine.RulesEngine([workflow], new ReSettings { CustomTypes = [typeof(Plain)] });
    }

    public override int Count(int text)
    {
        Plain.Asked = _hits;
        List<RuleResultTree> results = _engine.ExecuteAllRulesAsync(Workflow, new RuleParameter("output", text)).AsTask().GetAwaiter().GetResult();
        return results.Count(static result => result.IsSuccess);
    }
}

/// <summary>What the expressions call.</summary>
public static class Plain
{
    internal static Func<int, int, bool>? Asked { get; set; }

    /// <summary>Whether a rule hits an output, which go by their numbers.</summary>
    public static bool Hits(int output, int rule) => Asked!(output, rule);
}
