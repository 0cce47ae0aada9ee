using LiteDB;

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
            Tables.RuleCollection,
            engine =>
            {
                Rule? known = _tables.RulesOf(workspace).FirstOrDefault(other => other.Id == rule.Id);
                if (rule.Revision != (known?.Revision ?? 0) + 1)
                    return (false, false);
                int revision = database.RevisionNumber(engine, rule);
                string id = IdOf(workspace, rule.Id);
                int order = _tables.Revisions.Count; // grows with every revision, and a rule keeps the one it was made with
                using (IBsonDataReader reader = engine.Query(Tables.RuleCollection, ById(id)))
                {
                    if (reader.Read())
                        order = reader.Current["order"].AsInt32;
                }

                engine.Upsert(
                    Tables.RuleCollection,
                    [new BsonDocument { ["_id"] = id, ["workspace"] = workspace, ["order"] = order, ["revision"] = revision }],
                    BsonAutoId.ObjectId);
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
            Tables.RuleCollection,
            engine =>
            {
                bool deleted = engine.Delete(Tables.RuleCollection, [IdOf(workspace, ruleId)]) > 0;
                return (deleted, deleted);
            },
            () => _tables.RemoveRule(workspace, ruleId));
        return await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private static string IdOf(int workspace, string ruleId) => $"{workspace}:{ruleId}";

    private static Query ById(string id)
    {
        var query = new Query();
        query.Where.Add(Query.EQ("_id", id));
        return query;
    }
}
