using System.Runtime.CompilerServices;

namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlOutboxStore(Database database, WorkspaceNumbers numbers, OutboxRows outbox) : IOutboxStore
{
    private const int PageSize = 500;

    private const string Waiting = $"""
        select {OutboxRows.Columns}, m.position from outbox m join workspaces w on w.number = m.workspace
        where m.state = 0 and m.position > $1 order by m.position limit $2
        """;

    private const string CountWaiting = "select count(*) from outbox where state = 0";

    private const string Record = """
        update outbox set state = $3, attempts = $4, next_attempt_at = $5, last_attempt_at = $6, status_code = $7, error = $8, leased_until = null
        where workspace = $1 and id = $2 and state = 0
        """;

    private const string Find = $"""
        select {OutboxRows.Columns} from outbox m join workspaces w on w.number = m.workspace where m.workspace = $1 and m.id = $2
        """;

    private const string List = $"""
        select {OutboxRows.Columns} from outbox m join workspaces w on w.number = m.workspace
        where m.workspace = $1 and ($2::smallint is null or m.state = $2) and ($3::text is null or m.log_id = $3) and ($4::text is null or m.id < $4)
        order by m.id desc limit $5
        """;

    // One that waits already is only due at once.
    private const string Replay = """
        update outbox set
            state = 0,
            next_attempt_at = $3,
            attempts = case state when 0 then attempts else 0 end,
            last_attempt_at = case state when 0 then last_attempt_at end,
            status_code = case state when 0 then status_code end,
            error = case state when 0 then error end,
            leased_until = case state when 0 then leased_until end,
            position = case state when 0 then position else nextval(pg_get_serial_sequence('outbox', 'position')) end
        where workspace = $1 and id = $2
        """;

    private const string RemoveDelivered = """
        delete from outbox m using (
            select workspace, id from outbox where state = 1 and last_attempt_at < $1 order by last_attempt_at limit $2 for update skip locked) old
        where m.workspace = old.workspace and m.id = old.id
        """;

    public event Action? Added
    {
        add => outbox.Added += value;
        remove => outbox.Added -= value;
    }

    public async IAsyncEnumerable<OutboxMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long read = 0;
        while (true)
        {
            long behind = read;
            List<(OutboxMessage Message, long Position)> page = await database.ReadAsync(
                connection => connection.ReadAsync(
                    Waiting,
                    static reader => (OutboxRows.Read(reader).Message, reader.GetInt64(12)),
                    cancellationToken,
                    Sql.Long(behind),
                    Sql.Int(PageSize)),
                cancellationToken).ConfigureAwait(false);
            foreach ((OutboxMessage message, long position) in page)
            {
                yield return message;
                read = position;
            }

            if (page.Count < PageSize)
                yield break;
        }
    }

    public async ValueTask<int> CountWaitingAsync(CancellationToken cancellationToken = default) => (await database.ReadAsync(
        connection => connection.ReadAsync(CountWaiting, static reader => (int)reader.GetInt64(0), cancellationToken),
        cancellationToken).ConfigureAwait(false))[0];

    public ValueTask<ClaimedDeliveries> ClaimAsync(OutboxClaim claim, CancellationToken cancellationToken = default) => database.WriteAsync(
        async connection => (true, await OutboxClaiming.RunAsync(connection, claim).ConfigureAwait(false)), cancellationToken);

    public async ValueTask<bool> RecordAsync(Delivery attempt, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(attempt.Message.WorkspaceId, cancellationToken).ConfigureAwait(false) is { } workspace
        && await ChangeAsync(
            Record,
            cancellationToken,
            Sql.Int(workspace),
            Sql.Text(attempt.Message.Id),
            Sql.Short((short)attempt.State),
            Sql.Int(attempt.Attempts),
            Sql.Long(attempt.NextAttemptAt is { } next ? Moments.Write(next) : null),
            Sql.Long(attempt.LastAttemptAt is { } last ? Moments.Write(last) : null),
            Sql.Int(attempt.StatusCode),
            Sql.Text(StoredText.Write(attempt.Error))).ConfigureAwait(false) > 0;

    public async ValueTask<Delivery?> FindAsync(string workspaceId, string id, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? null : (await database.ReadAsync(
            connection => connection.ReadAsync(Find, OutboxRows.Read, cancellationToken, Sql.Int(workspace), Sql.Text(StoredText.Write(id))),
            cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<Delivery>> ListAsync(DeliveryQuery query, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(query.WorkspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? [] : await database.ReadAsync(
            connection => connection.ReadAsync(
                List,
                OutboxRows.Read,
                cancellationToken,
                Sql.Int(workspace),
                Sql.Short((short?)query.State),
                Sql.Text(StoredText.Write(query.LogId)),
                Sql.Text(StoredText.Write(query.Before)),
                Sql.Int(query.Limit)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<bool> ReplayAsync(string workspaceId, string id, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        bool found = await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is { } workspace
            && await ChangeAsync(
                Replay, cancellationToken, Sql.Int(workspace), Sql.Text(StoredText.Write(id)), Sql.Long(Moments.Write(now))).ConfigureAwait(false) > 0;
        if (found)
            outbox.TellOfMessages();
        return found;
    }

    public ValueTask<int> RemoveDeliveredAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken = default) =>
        ChangeAsync(RemoveDelivered, cancellationToken, Sql.Long(Moments.Bound(before)), Sql.Int(limit));

    private ValueTask<int> ChangeAsync(string sql, CancellationToken cancellationToken, params Npgsql.NpgsqlParameter[] parameters) => database.WriteAsync(
        async connection => (true, await connection.RunAsync(
            sql, CancellationToken.None, [.. parameters.Select(static parameter => parameter.Clone())]).ConfigureAwait(false)),
        cancellationToken);
}
