using Npgsql;

namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlRuleStore(Database database, WorkspaceNumbers numbers, RuleRevisions revisions) : IRuleStore
{
    private const string List = """
        select v.rule, p.name
        from rules r
        join rule_revisions v on v.number = r.revision_number
        left join projects p on p.workspace = r.workspace and p.id = r.project_id and p.merged_into is null
        where r.workspace = $1 order by r.position
        """;

    private const string Add = """
        insert into rules (workspace, id, revision, project_id, task_key, revision_number)
        select $1, $2, $3, $4, $5, $6 where $3 = 1 on conflict do nothing
        """;

    private const string Change = """
        update rules set revision = $3, project_id = $4, task_key = $5, revision_number = $6 where workspace = $1 and id = $2 and revision = $3 - 1
        """;

    private const string Delete = "delete from rules where workspace = $1 and id = $2";

    public async ValueTask<IReadOnlyList<Rule>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? [] : await database.ReadAsync(
            connection => connection.ReadAsync(
                List,
                static reader =>
                {
                    Rule rule = RuleRevisions.Read(reader.GetString(0));
                    return reader.TextOrNull(1) is { } project ? rule with { ProjectName = project } : rule;
                },
                cancellationToken,
                Sql.Int(workspace)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> SaveAsync(string workspaceId, Rule rule, CancellationToken cancellationToken = default)
    {
        int workspace = await numbers.TakeAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        await revisions.EnsureAsync(workspace, [rule]).ConfigureAwait(false);
        return await database.WriteAsync(
            async connection =>
            {
                bool saved = await SaveAsync(connection, workspace, rule, revisions.NumberOf(workspace, rule)).ConfigureAwait(false);
                return (saved, saved);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string ruleId, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is { } workspace
        && await database.WriteAsync(
            async connection =>
            {
                int deleted = await connection.RunAsync(Delete, CancellationToken.None, Sql.Int(workspace), Sql.Text(ruleId)).ConfigureAwait(false);
                return (true, deleted > 0);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Puts a revision in force, where it is the one behind that which is.</summary>
    public static async Task<bool> SaveAsync(NpgsqlConnection connection, int workspace, Rule rule, int revisionNumber)
    {
        int saved = await connection.RunAsync(
            rule.Revision == 1 ? Add : Change,
            CancellationToken.None,
            Sql.Int(workspace),
            Sql.Text(rule.Id),
            Sql.Int(rule.Revision),
            Sql.Text(rule.ProjectId),
            Sql.Text(StoredText.Fold(rule.TaskName)),
            Sql.Int(revisionNumber)).ConfigureAwait(false);
        return saved > 0;
    }
}
