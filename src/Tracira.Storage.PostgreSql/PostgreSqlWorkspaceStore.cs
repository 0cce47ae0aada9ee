namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlWorkspaceStore(Database database, WorkspaceNumbers numbers, Places places) : IWorkspaceStore
{
    private const string List = """
        select id, name, webhook_token, token_scope, created_at from workspaces where created_at is not null order by created_at, id
        """;

    private const string Save = """
        insert into workspaces (id, name, webhook_token, token_scope, created_at) values ($1, $2, $3, $4, $5)
        on conflict (id) do update set name = $2, webhook_token = $3, token_scope = $4, created_at = $5
        """;

    private const string Forget = """
        update workspaces set name = null, webhook_token = null, created_at = null where id = $1 and created_at is not null
        """;

    // Projects first: whoever adds logs holds on to theirs, so that none comes behind.
    private static readonly string[] Delete =
    [
        "select from projects where workspace = $1 order by number for update",
        "delete from logs where workspace = $1",
        "delete from log_ids where workspace = $1",
        "delete from outbox where workspace = $1",
        "delete from log_counters where workspace = $1",
        "delete from model_counters where workspace = $1",
        "delete from rule_counters where workspace = $1",
        "delete from rules where workspace = $1",
        "delete from projects where workspace = $1",
    ];

    private static readonly string[] DeleteById =
    [
        "delete from records where workspace = $1",
        """
        with gone as (delete from media_files where workspace = $1 returning content)
        update media_contents c set expires_at = 0 from gone where c.number = gone.content
        """,
    ];

    public async ValueTask<IReadOnlyList<Workspace>> ListAsync(CancellationToken cancellationToken = default) => await database.ReadAsync(
        connection => connection.ReadAsync(
            List,
            static reader => new Workspace(reader.GetString(0), reader.Text(1), reader.GetString(2), Moments.Read(reader.GetInt64(4)))
            {
                TokenScope = (TokenScope)reader.GetInt16(3),
            },
            cancellationToken),
        cancellationToken).ConfigureAwait(false);

    public ValueTask SaveAsync(Workspace workspace, CancellationToken cancellationToken = default) => database.WriteAsync(
        connection => connection.RunAsync(
            Save,
            CancellationToken.None,
            Sql.Text(workspace.Id),
            Sql.Text(StoredText.Write(workspace.Name)),
            Sql.Text(workspace.WebhookToken),
            Sql.Short((short)workspace.TokenScope),
            Sql.Long(Moments.Write(workspace.CreatedAt))),
        cancellationToken);

    public async ValueTask<bool> DeleteAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return false;
        bool deleted = await database.WriteAsync(
            async connection =>
            {
                if (await connection.RunAsync(Forget, CancellationToken.None, Sql.Text(workspaceId)).ConfigureAwait(false) == 0)
                    return (false, false);
                foreach (string sql in Delete)
                    await connection.RunAsync(sql, CancellationToken.None, Sql.Int(workspace)).ConfigureAwait(false);
                foreach (string sql in DeleteById)
                    await connection.RunAsync(sql, CancellationToken.None, Sql.Text(workspaceId)).ConfigureAwait(false);
                return (true, true);
            },
            cancellationToken).ConfigureAwait(false);
        places.Forget();
        return deleted;
    }
}
