using Npgsql;

namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlRecordStore(Database database) : IRecordStore
{
    private const string Find = "select id, json, version from records where workspace = $1 and kind = $2 and id = $3";

    private const string ListForwards = """
        select id, json, version from records where workspace = $1 and kind = $2 and ($3::bytea is null or id > $3) order by id limit $4
        """;

    private const string ListBackwards = """
        select id, json, version from records where workspace = $1 and kind = $2 and ($3::bytea is null or id < $3) order by id desc limit $4
        """;

    private const string Hold = """
        select r.workspace, r.kind, r.id, r.version from unnest($1, $2, $3) k (workspace, kind, id)
        join records r on r.workspace = k.workspace and r.kind = k.kind and r.id = k.id
        order by r.workspace, r.kind, r.id for update of r
        """;

    // One that came a moment ago, where none was to be seen, breaks the key: then all is looked at again.
    private const string Add = "insert into records (workspace, kind, id, json, version) values ($1, $2, $3, $4, 1)";

    private const string Change = "update records set json = $4, version = version + 1 where workspace = $1 and kind = $2 and id = $3";

    private const string Remove = "delete from records where workspace = $1 and kind = $2 and id = $3";

    public async ValueTask<Record?> FindAsync(string kind, string workspaceId, string id, CancellationToken cancellationToken = default) =>
        (await ReadAsync(Find, kind, workspaceId, cancellationToken, Sql.Bytes(StoredText.Bytes(id))).ConfigureAwait(false)).FirstOrDefault();

    public async ValueTask<IReadOnlyList<Record>> ListAsync(
        string kind,
        string workspaceId,
        string? behind = null,
        int limit = int.MaxValue,
        bool descending = false,
        CancellationToken cancellationToken = default) => await ReadAsync(
            descending ? ListBackwards : ListForwards,
            kind,
            workspaceId,
            cancellationToken,
            Sql.Bytes(behind is null ? null : StoredText.Bytes(behind)),
            Sql.Int(limit)).ConfigureAwait(false);

    public ValueTask<bool> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken = default) => database.WriteAsync(
        async connection =>
        {
            Dictionary<(string, string, string), long> versions = await HoldAsync(connection, writes).ConfigureAwait(false);
            if (writes.Any(write => write.ExpectedVersion is { } expected && expected != versions.GetValueOrDefault(KeyOf(write))))
                return (false, false);
            foreach (RecordWrite write in writes)
                await WriteAsync(connection, write, versions).ConfigureAwait(false);
            return (true, true);
        },
        cancellationToken);

    private static (string Workspace, string Kind, string Id) KeyOf(RecordWrite write) => (write.WorkspaceId, write.Kind, write.Id);

    private static async Task<Dictionary<(string, string, string), long>> HoldAsync(NpgsqlConnection connection, IReadOnlyList<RecordWrite> writes)
    {
        List<((string, string, string) Key, long Version)> held = await connection.ReadAsync(
            Hold,
            static reader => ((reader.GetString(0), reader.GetString(1), StoredText.OfBytes(reader.GetFieldValue<byte[]>(2))), reader.GetInt64(3)),
            CancellationToken.None,
            Sql.Texts(writes.Select(static write => write.WorkspaceId)),
            Sql.Texts(writes.Select(static write => write.Kind)),
            Sql.ByteArrays(writes.Select(static write => StoredText.Bytes(write.Id)))).ConfigureAwait(false);
        return held.DistinctBy(static row => row.Key).ToDictionary(static row => row.Key, static row => row.Version);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, RecordWrite write, Dictionary<(string, string, string), long> versions)
    {
        bool isKnown = versions.TryGetValue(KeyOf(write), out long version);
        NpgsqlParameter[] key = [Sql.Text(write.WorkspaceId), Sql.Text(write.Kind), Sql.Bytes(StoredText.Bytes(write.Id))];
        if (write.Json is null)
        {
            await connection.RunAsync(Remove, CancellationToken.None, key).ConfigureAwait(false);
            versions.Remove(KeyOf(write));
            return;
        }

        await connection.RunAsync(isKnown ? Change : Add, CancellationToken.None, [.. key, Sql.Text(StoredText.Write(write.Json))]).ConfigureAwait(false);
        versions[KeyOf(write)] = version + 1;
    }

    private ValueTask<List<Record>> ReadAsync(
        string sql, string kind, string workspaceId, CancellationToken cancellationToken, params NpgsqlParameter[] more) => database.ReadAsync(
        connection => connection.ReadAsync(
            sql,
            reader => new Record(kind, workspaceId, StoredText.OfBytes(reader.GetFieldValue<byte[]>(0)), reader.Text(1), reader.GetInt64(2)),
            cancellationToken,
            [Sql.Text(workspaceId), Sql.Text(kind), .. more]),
        cancellationToken);
}
