namespace Tracira;

/// <summary>All rules of a set over fields of JSON: the JSON is read once, and gone through once, for all of them.</summary>
internal sealed class JsonRules
{
    private readonly JsonCondition?[] _conditions; // rule → its condition, null where it is of another kind
    private readonly JsonRuleTree _all;
    private readonly JsonRuleTree _notInAction;
    private readonly JsonRuleTree? _inAction;

    /// <param name="conditions">The conditions of the set, in rule order.</param>
    public JsonRules(IReadOnlyList<Condition> conditions)
    {
        _conditions = [.. conditions.Select(static condition => condition as JsonCondition)];
        (int Rule, JsonCondition Condition)[] all = [.. _conditions.Index().Where(static rule => rule.Item is not null).Select(static rule => (rule.Index, rule.Item!))];
        _all = new JsonRuleTree(all);
        _notInAction = _all;
        if (!Array.Exists(all, static rule => rule.Condition.MayBeInAction))
            return;
        _notInAction = new JsonRuleTree([.. all.Where(static rule => !rule.Condition.MayBeInAction)]);
        _inAction = new JsonRuleTree([.. all.Where(static rule => rule.Condition.MayBeInAction)], skipped: 1);
    }

    /// <summary>How many rules of any kind there are.</summary>
    public int RuleCount => _conditions.Length;

    /// <summary>Looks at the fields of the output and of the action.</summary>
    /// <param name="text">The output.</param>
    /// <param name="action">The action that came with it; empty where none did.</param>
    /// <param name="now">The time of the evaluation.</param>
    /// <param name="outcomes">Takes the outcome of each rule; nothing is decided in them yet.</param>
    /// <param name="inOutput">Takes the JSON of the output.</param>
    /// <param name="inAction">Takes the JSON of the action.</param>
    public void Look(
        ReadOnlySpan<char> text, ReadOnlySpan<char> action, DateTimeOffset now, Span<JsonOutcome> outcomes, ref JsonReading inOutput, ref JsonReading inAction)
    {
        bool hasAction = !action.IsEmpty && _inAction is not null;
        Look(hasAction ? _notInAction : _all, text, now, outcomes, ref inOutput);
        if (hasAction)
            Look(_inAction!, action, now, outcomes, ref inAction);
    }

    private void Look(JsonRuleTree tree, ReadOnlySpan<char> text, DateTimeOffset now, Span<JsonOutcome> outcomes, ref JsonReading reading)
    {
        if (tree.Rules.IsEmpty)
            return;
        reading = new JsonReading(text);
        if (reading.HasJson)
        {
            JsonCursor value = reading.Root(text);
            tree.Follow(ref value, new JsonLook(_conditions, now, outcomes));
            return;
        }

        foreach (int rule in tree.Rules)
            outcomes[rule].Result = JsonResult.NoJson;
    }
}
