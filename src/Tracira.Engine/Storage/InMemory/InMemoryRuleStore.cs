namespace Tracira;

internal sealed class InMemoryRuleStore(InMemoryState state) : IRuleStore
{
    public ValueTask<IReadOnlyList<Rule>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Rule>>(() =>
            [.. state.Rules.Where(entry => entry.WorkspaceId == workspaceId).Select(static entry => entry.Rule)]));

    public ValueTask<bool> SaveAsync(string workspaceId, Rule rule, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            int known = IndexOf(workspaceId, rule.Id);
            if (rule.Revision != (known < 0 ? 0 : state.Rules[known].Rule.Revision) + 1)
                return false;
            if (known < 0)
                state.Rules.Add((workspaceId, rule));
            else
                state.Rules[known] = (workspaceId, rule);
            return true;
        }));

    public ValueTask<bool> DeleteAsync(string workspaceId, string ruleId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            int known = IndexOf(workspaceId, ruleId);
            if (known >= 0)
                state.Rules.RemoveAt(known);
            return known >= 0;
        }));

    private int IndexOf(string workspaceId, string ruleId) =>
        state.Rules.FindIndex(entry => entry.WorkspaceId == workspaceId && entry.Rule.Id == ruleId);
}
