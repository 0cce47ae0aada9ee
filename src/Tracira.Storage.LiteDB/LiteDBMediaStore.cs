using System.Runtime.CompilerServices;
using LiteDB;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBMediaStore(Database database, Gate gate) : IMediaStore
{
    private const int KeysAtOnce = 100;
    private const int PageSize = 100;

    private readonly DocumentReader _documents = database.Documents;
    private readonly MediaTable _media = database.Media;

    public async ValueTask<MediaFile?> SaveAsync(MediaFile file, Stream content, long maxBytes, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = await database.NumberWorkspaceAsync(file.WorkspaceId, cancellationToken).ConfigureAwait(false);
        byte[] id = MediaDocument.IdOf(workspace, file.Key);
        byte[] buffer = new byte[MediaChunk.Bytes];
        long number = _media.TakeNumber();
        long bytes = 0;
        int chunks = 0;
        bool isSaved = false;
        try
        {
            while (true)
            {
                int read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                bytes += read;
                if (bytes > maxBytes)
                    return null;
                if (read < buffer.Length)
                    break;
                await WriteChunkAsync(number, chunks++, buffer, cancellationToken).ConfigureAwait(false);
            }

            MediaFile saved = file with { Bytes = bytes };
            byte[] rest = buffer[..(int)(bytes % MediaChunk.Bytes)];
            await FinishAsync(workspace, MediaDocument.Write(id, saved, number), chunks, rest, cancellationToken).ConfigureAwait(false);
            isSaved = true;
            return saved;
        }
        finally
        {
            if (!isSaved && chunks > 0)
                _media.Discard(database.Cleaner, number);
        }
    }

    public ValueTask<MediaFile?> FindAsync(string workspaceId, string key, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(Find(workspaceId, key) is { } document ? MediaDocument.Read(document) : null);
    }

    public ValueTask<Stream?> OpenAsync(string workspaceId, string key, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        while (Find(workspaceId, key) is { } document)
        {
            // From here on the chunks stay; it remains to be seen whether they were the file's still.
            long number = MediaDocument.NumberOf(document);
            _media.BeginReading(number);
            if (Find(workspaceId, key) is { } again && MediaDocument.NumberOf(again) == number)
            {
                return ValueTask.FromResult<Stream?>(new MediaStream(
                    _documents, number, MediaDocument.BytesOf(document), () => _media.EndReading(database.Cleaner, number)));
            }

            _media.EndReading(database.Cleaner, number);
        }

        return ValueTask.FromResult<Stream?>(null);
    }

    public async ValueTask DeleteAsync(string workspaceId, IReadOnlyList<string> keys, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        if (workspace < 0)
            return;
        foreach (string[] some in keys.Distinct().Chunk(KeysAtOnce))
            await DeleteSomeAsync(workspace, some, cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<MediaFile> ListAsync(
        string workspaceId, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        gate.Pass();
        int workspace = database.Tables.FindWorkspace(workspaceId);
        if (workspace < 0)
            yield break;
        byte[] first = MediaDocument.IdOf(workspace, prefix);
        List<BsonDocument> page = _documents.From(MediaDocument.Collection, first, PageSize);
        while (page.Count > 0)
        {
            foreach (BsonDocument document in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!document["_id"].AsBinary.AsSpan().StartsWith(first))
                    yield break;
                yield return MediaDocument.Read(document);
            }

            page = _documents.Behind(MediaDocument.Collection, page[^1]["_id"], PageSize);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    public ValueTask<long> CountBytesAsync(string workspaceId, CancellationToken cancellationToken = default)
    {
        gate.Pass();
        return ValueTask.FromResult(_media.TotalOf(database.Tables.FindWorkspace(workspaceId)));
    }

    private BsonDocument? Find(string workspaceId, string key) => database.Tables.FindWorkspace(workspaceId) is int workspace and >= 0
        ? _documents.Find(MediaDocument.Collection, MediaDocument.IdOf(workspace, key))
        : null;

    private async ValueTask WriteChunkAsync(long number, int place, byte[] data, CancellationToken cancellationToken)
    {
        var command = new TableCommand<bool>(
            $"{MediaChunk.Collection}/{number}",
            engine =>
            {
                if (place == 0)
                    MediaTable.PutWaste(engine, number);
                MediaChunk.Insert(engine, number, place, data);
                return (true, true);
            },
            static () => { });
        await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask FinishAsync(int workspace, BsonDocument file, int place, byte[] rest, CancellationToken cancellationToken)
    {
        long number = MediaDocument.NumberOf(file);
        long change = MediaDocument.BytesOf(file);
        BsonDocument? before = null;
        var command = new TableCommand<bool>(
            MediaDocument.Collection,
            engine =>
            {
                MediaChunk.Insert(engine, number, place, rest);
                if (place > 0)
                    MediaTable.RemoveWaste(engine, number);
                before = _documents.Find(MediaDocument.Collection, file["_id"]);
                if (before is not null)
                {
                    change -= MediaDocument.BytesOf(before);
                    MediaTable.PutWaste(engine, MediaDocument.NumberOf(before));
                }

                engine.Upsert(MediaDocument.Collection, [file], BsonAutoId.ObjectId);
                _media.WriteTotal(engine, workspace, change);
                return (true, true);
            },
            () =>
            {
                _media.AddToTotal(workspace, change);
                if (before is not null)
                    _media.Discard(database.Cleaner, MediaDocument.NumberOf(before));
            });
        await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask DeleteSomeAsync(int workspace, string[] keys, CancellationToken cancellationToken)
    {
        List<BsonDocument> files = [];
        var command = new TableCommand<bool>(
            MediaDocument.Collection,
            engine =>
            {
                files = _documents.Those(MediaDocument.Collection, keys.Select(key => new BsonValue(MediaDocument.IdOf(workspace, key))));
                if (files.Count == 0)
                    return (false, false);
                engine.Delete(MediaDocument.Collection, files.Select(static file => file["_id"]));
                foreach (BsonDocument file in files)
                    MediaTable.PutWaste(engine, MediaDocument.NumberOf(file));
                _media.WriteTotal(engine, workspace, -files.Sum(MediaDocument.BytesOf));
                return (true, true);
            },
            () =>
            {
                _media.AddToTotal(workspace, -files.Sum(MediaDocument.BytesOf));
                foreach (BsonDocument file in files)
                    _media.Discard(database.Cleaner, MediaDocument.NumberOf(file));
            });
        await database.WriteAsync(command, cancellationToken).ConfigureAwait(false);
    }
}
