namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBRuleStore(Database database, Gate gate) : IRuleStore
{
    private readonly Tables _tables = database.Tables;

    public ValueTask<IReadOnlyList<Rule>> ListAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(_tables.RulesOf(_tables.FindWorkspace(workspaceId)));
    }

    public async ValueTask<bool> SaveAsync(string workspaceId, Rule rule, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = await database.NumberWorkspaceAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        var command = new TableCommand<bool>(
            RuleEntry.Collection,
            engine =>
            {
                Rule? known = _tables.RulesOf(workspace).FirstOrDefault(other => other.Id == rule.Id);
                if (rule.Revision != (known?.Revision ?? 0) + 1 || _tables.FindWorkspace(workspaceId) != workspace)
                    return (false, false);
                database.SaveRule(engine, workspace, rule);
                return (true, true);
            },
            () => _tables.PutRule(workspace, rule));
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string ruleId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = _tables.FindWorkspace(workspaceId);
        var command = new TableCommand<bool>(
            RuleEntry.Collection,
            engine =>
            {
                bool deleted = RuleEntry.Delete(engine, workspace, [ruleId]) > 0;
                return (deleted, deleted);
            },
            () => _tables.RemoveRule(workspace, ruleId));
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }
}
