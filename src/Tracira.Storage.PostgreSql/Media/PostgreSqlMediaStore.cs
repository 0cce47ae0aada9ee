using System.Runtime.CompilerServices;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Files in pieces. What is written piece by piece belongs to no file until the last, and what a file no longer needs stays for an hour, so that
/// whoever reads it comes to its end.
/// </summary>
internal sealed class PostgreSqlMediaStore(Database database) : IMediaStore
{
    private const int ChunkSize = 256 * 1024;
    private const int PageSize = 200;
    private static readonly TimeSpan WritingTime = TimeSpan.FromDays(1);
    private static readonly TimeSpan ReadingTime = TimeSpan.FromHours(1);

    private const string Columns = "key, filename, content_type, bytes, created_at";

    private const string Begin = "insert into media_contents (expires_at) values ($1) returning number";

    private const string AddChunk = "insert into media_chunks (content, place, bytes) values ($1, $2, $3)";

    private const string Finish = """
        with old as (select content from media_files where workspace = $1 and key = $2 for update),
        expiring as (update media_contents c set expires_at = $8 from old where c.number = old.content),
        kept as (update media_contents set expires_at = null where number = $7)
        insert into media_files (workspace, key, filename, content_type, bytes, created_at, content) values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (workspace, key) do update set filename = $3, content_type = $4, bytes = $5, created_at = $6, content = $7
        """;

    private const string Lock = "select pg_advisory_xact_lock(hashtextextended($1, $2))";

    private const string Discard = "delete from media_contents where number = $1";

    private const string Find = $"select {Columns} from media_files where workspace = $1 and key = $2";

    private const string Open = "select content, bytes from media_files where workspace = $1 and key = $2";

    private const string Delete = """
        with gone as (delete from media_files where workspace = $1 and key = any($2) returning content)
        update media_contents c set expires_at = $3 from gone where c.number = gone.content
        """;

    private const string Sweep = """
        delete from media_contents c using (
            select number from media_contents where expires_at < $1 order by expires_at limit 20 for update skip locked) old
        where c.number = old.number
        """;

    private const string List = $"""
        select {Columns} from media_files where workspace = $1 and key > $2 and substring(key for length($3)) = $3 order by key limit $4
        """;

    private const string CountBytes = "select coalesce(sum(bytes), 0)::bigint from media_files where workspace = $1";

    public async ValueTask<MediaFile?> SaveAsync(MediaFile file, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        long number = (await database.WriteAsync(
            async connection => (true, await connection.ReadAsync(
                Begin, static reader => reader.GetInt64(0), CancellationToken.None, Sql.Long(In(WritingTime))).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false))[0];
        long? bytes = null;
        try
        {
            bytes = await WriteChunksAsync(number, content, maxBytes, cancellationToken).ConfigureAwait(false);
            if (bytes is null)
                return null;
            MediaFile saved = file with { Bytes = bytes.Value };
            await FinishAsync(saved, number).ConfigureAwait(false);
            number = 0;
            return saved;
        }
        finally
        {
            if (number != 0)
                await DiscardAsync(number).ConfigureAwait(false);
        }
    }

    public async ValueTask<MediaFile?> FindAsync(string workspaceId, string key, CancellationToken cancellationToken = default) => (await database.ReadAsync(
        connection => connection.ReadAsync(
            Find, reader => Read(workspaceId, reader), cancellationToken, Sql.Text(workspaceId), Sql.Bytes(StoredText.Bytes(key))),
        cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    public async ValueTask<Stream?> OpenAsync(string workspaceId, string key, CancellationToken cancellationToken = default)
    {
        List<(long Content, long Bytes)> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                Open,
                static reader => (reader.GetInt64(0), reader.GetInt64(1)),
                cancellationToken,
                Sql.Text(workspaceId),
                Sql.Bytes(StoredText.Bytes(key))),
            cancellationToken).ConfigureAwait(false);
        return found is [var (content, bytes)] ? new MediaStream(database, content, bytes) : null;
    }

    public async ValueTask DeleteAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        await database.WriteAsync(
            connection => connection.RunAsync(
                Delete, CancellationToken.None, Sql.Text(workspaceId), Sql.ByteArrays(keys.Distinct().Select(StoredText.Bytes)), Sql.Long(In(ReadingTime))),
            cancellationToken).ConfigureAwait(false);
        await SweepAsync().ConfigureAwait(false);
    }

    public async IAsyncEnumerable<MediaFile> ListAsync(
        string workspaceId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string? last = null;
        while (true)
        {
            // A key that equals the prefix is behind what is one step before it.
            byte[] behind = last is null ? Before(StoredText.Bytes(prefix)) : StoredText.Bytes(last);
            List<MediaFile> page = await database.ReadAsync(
                connection => connection.ReadAsync(
                    List,
                    reader => Read(workspaceId, reader),
                    cancellationToken,
                    Sql.Text(workspaceId),
                    Sql.Bytes(behind),
                    Sql.Bytes(StoredText.Bytes(prefix)),
                    Sql.Int(PageSize)),
                cancellationToken).ConfigureAwait(false);
            foreach (MediaFile file in page)
                yield return file;
            if (page.Count < PageSize)
                yield break;
            last = page[^1].Key;
        }
    }

    public async ValueTask<long> CountBytesAsync(string workspaceId, CancellationToken cancellationToken = default) => (await database.ReadAsync(
        connection => connection.ReadAsync(CountBytes, static reader => reader.GetInt64(0), cancellationToken, Sql.Text(workspaceId)),
        cancellationToken).ConfigureAwait(false))[0];

    private static MediaFile Read(string workspaceId, NpgsqlDataReader reader) => new(
        workspaceId,
        StoredText.OfBytes(reader.GetFieldValue<byte[]>(0)),
        reader.Text(1),
        reader.Text(2),
        reader.GetInt64(3),
        Moments.Read(reader.GetInt64(4)));

    private static long In(TimeSpan time) => Moments.Write(DateTimeOffset.UtcNow + time);

    /// <returns>How many bytes they are; null where they are too many.</returns>
    private async ValueTask<long?> WriteChunksAsync(long number, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[ChunkSize];
        long bytes = 0;
        for (int place = 0; ; place++)
        {
            int read = await content.ReadAtLeastAsync(buffer, ChunkSize, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            bytes += read;
            if (bytes > maxBytes)
                return null;
            if (read > 0)
            {
                int at = place;
                byte[] chunk = buffer[..read];
                await database.WriteAsync(
                    connection => connection.RunAsync(AddChunk, CancellationToken.None, Sql.Long(number), Sql.Int(at), Sql.Bytes(chunk)),
                    cancellationToken).ConfigureAwait(false);
            }

            if (read < ChunkSize)
                return bytes;
        }
    }

    private ValueTask FinishAsync(MediaFile file, long number) => database.WriteAsync(
        async connection =>
        {
            await connection.RunAsync(Lock, CancellationToken.None, Sql.Text(file.Key), Sql.Long(file.Key.Length)).ConfigureAwait(false);
            await connection.RunAsync(
                Finish,
                CancellationToken.None,
                Sql.Text(file.WorkspaceId),
                Sql.Bytes(StoredText.Bytes(file.Key)),
                Sql.Text(StoredText.Write(file.Filename)),
                Sql.Text(StoredText.Write(file.ContentType)),
                Sql.Long(file.Bytes),
                Sql.Long(Moments.Write(file.CreatedAt)),
                Sql.Long(number),
                Sql.Long(In(ReadingTime))).ConfigureAwait(false);
        },
        CancellationToken.None);

    // Where that cannot be now, it is done a day later.
    private async ValueTask DiscardAsync(long number)
    {
        try
        {
            await database.WriteAsync(connection => connection.RunAsync(Discard, CancellationToken.None, Sql.Long(number)), CancellationToken.None).ConfigureAwait(false);
        }
        catch (StoreUnavailableException)
        {
        }
    }

    private ValueTask SweepAsync() => database.WriteAsync(
        connection => connection.RunAsync(Sweep, CancellationToken.None, Sql.Long(In(TimeSpan.Zero))), CancellationToken.None);

    private static byte[] Before(byte[] prefix) => prefix.Length == 0 ? prefix : prefix[..^1];
}
