using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Rules out rows whose output does not contain a text. The signatures of the rows that no segment holds yet are in memory; when a segment is
/// sealed they go to the <see cref="SignatureFile"/>, behind the writer's back. A segment that is not there, be it older than the file or
/// sealed just before a crash, is made from its logs, slowly; until then none of its rows is ruled out.
/// </summary>
/// <param name="database">Whose outputs.</param>
/// <param name="path">Where the signatures lie.</param>
internal sealed class OutputIndex(Database database, string path) : IDisposable
{
    private const int RowsAtOnce = 64;
    private const int SegmentsOfChunk = Chunk.Size / SegmentDocument.Rows;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<int, ulong[]> _waiting = [];
    private readonly ConcurrentBag<ulong[]> _free = [];
    private readonly ConcurrentDictionary<int, bool> _written = [];
    private readonly Channel<int> _sealed = Channel.CreateUnbounded<int>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _closing = new();
    private Task _saving = Task.CompletedTask;
    private SignatureFile? _file;

    /// <summary>Behind the loading: begins to keep the file.</summary>
    /// <param name="segments">How many segments there are.</param>
    public void Start(int segments) => _saving = Task.Run(() => SaveAsync(segments));

    /// <summary>How many segments are in the file.</summary>
    public int Written => _written.Count;

    /// <summary>On the writer's thread, or while loading: takes note of the signature of a new row, before others see the row.</summary>
    public void Set(int row, ReadOnlySpan<ulong> signature)
    {
        int segment = row / SegmentDocument.Rows;
        if (!_waiting.TryGetValue(segment, out ulong[]? signatures))
            _waiting[segment] = signatures = Take();
        signature[..TextSignature.Words].CopyTo(Of(signatures, row));
    }

    /// <summary>On the writer's thread: has the signatures of a segment that was sealed written.</summary>
    public void Seal(int segment) => _sealed.Writer.TryWrite(segment);

    /// <summary>Keeps the rows whose output may contain a text.</summary>
    public void Keep(RowSet rows, string text)
    {
        int[] bits = TextSignature.BitsOf(text);
        for (int segment = 0; bits.Length > 0 && segment < rows.Chunks * SegmentsOfChunk; segment++)
        {
            Span<ulong> words = rows.OfChunk(segment / SegmentsOfChunk)
                .Slice(segment % SegmentsOfChunk * SignatureFile.WordsOfBit, SignatureFile.WordsOfBit);
            if (!TryKeepWaiting(segment, bits, words) && _written.ContainsKey(segment))
            {
                for (int i = 0; i < bits.Length && words.ContainsAnyExcept(0UL); i++)
                    _file!.Keep(segment, bits[i], words);
            }
        }
    }

    /// <summary>Writes what was sealed, and closes the file.</summary>
    public void Dispose()
    {
        _sealed.Writer.TryComplete();
        _closing.Cancel();
        _saving.GetAwaiter().GetResult();
        _file?.Dispose();
        _closing.Dispose();
    }

    private static bool IsOfFile(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException; // the last of a file that may not grow

    private static Span<ulong> Of(ulong[] signatures, int row) =>
        signatures.AsSpan(row % SegmentDocument.Rows * TextSignature.Words, TextSignature.Words);

    private bool TryKeepWaiting(int segment, int[] bits, Span<ulong> words)
    {
        if (!_waiting.TryGetValue(segment, out ulong[]? signatures))
            return false;
        Span<ulong> kept = stackalloc ulong[SignatureFile.WordsOfBit];
        words.CopyTo(kept);
        for (int row = 0; row < SegmentDocument.Rows; row++)
        {
            if (((kept[row / 64] >> row) & 1) != 0 && !HasAll(Of(signatures, row), bits))
                kept[row / 64] &= ~(1UL << row);
        }

        // The array may have been written to the file and given to another segment meanwhile.
        Interlocked.MemoryBarrier();
        if (!_waiting.TryGetValue(segment, out ulong[]? still) || still != signatures)
            return false;
        kept.CopyTo(words);
        return true;

        static bool HasAll(ReadOnlySpan<ulong> signature, int[] bits)
        {
            foreach (int bit in bits)
            {
                if (!TextSignature.Has(signature, bit))
                    return false;
            }

            return true;
        }
    }

    // Arrays of this size are used again: new ones, five a second, have the garbage collector go through everything twice as often (measured).
    private ulong[] Take()
    {
        ulong[] signatures = _free.TryTake(out ulong[]? free) ? free : new ulong[SegmentDocument.Rows * TextSignature.Words];
        Array.Fill(signatures, ulong.MaxValue); // a row whose signature is not known may contain anything
        return signatures;
    }

    private void Drop(int segment)
    {
        if (_waiting.TryRemove(segment, out ulong[]? signatures))
            Free(signatures);
    }

    private void Free(ulong[] signatures)
    {
        if (_free.IsEmpty)
            _free.Add(signatures);
    }

    private async Task SaveAsync(int segments)
    {
        // What else a start has to do is waited for; this is not.
        await Task.Delay(HeadStart, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            _file = new SignatureFile(path);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            // Searching takes longer without it, and nothing else needs it.
            await foreach (int segment in _sealed.Reader.ReadAllAsync().ConfigureAwait(false))
                Drop(segment);
            return;
        }

        await SaveAsync(_file, segments).ConfigureAwait(false);
    }

    private async Task SaveAsync(SignatureFile file, int segments)
    {
        var missing = new Queue<int>();
        for (int segment = 0; segment < segments; segment++)
        {
            if (file.MarkOf(segment) == MarkOf(segment))
                _written.TryAdd(segment, true);
            else
                missing.Enqueue(segment);
        }

        do
        {
            while (_sealed.Reader.TryRead(out int segment))
            {
                if (_waiting.TryGetValue(segment, out ulong[]? signatures))
                    Save(file, segment, signatures);
                else
                    missing.Enqueue(segment);
            }

            if (!_closing.IsCancellationRequested && missing.TryDequeue(out int next) && await MakeAsync(next).ConfigureAwait(false) is { } made)
            {
                Save(file, next, made);
                Free(made);
            }
        }
        while ((missing.Count > 0 && !_closing.IsCancellationRequested) || await _sealed.Reader.WaitToReadAsync().ConfigureAwait(false));
    }

    private void Save(SignatureFile file, int segment, ulong[] signatures)
    {
        try
        {
            file.Write(segment, MarkOf(segment), signatures);
            _written.TryAdd(segment, true);
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            // As on a full disk: the next start makes what is missing.
        }

        Drop(segment);
    }

    // Null where the store is closing, or a log cannot be read.
    private async ValueTask<ulong[]?> MakeAsync(int segment)
    {
        ulong[] signatures = Take();
        int start = segment * SegmentDocument.Rows;
        try
        {
            foreach (int[] rows in Enumerable.Range(start, SegmentDocument.Rows).Chunk(RowsAtOnce))
            {
                await Task.Delay(Pause, _closing.Token).ConfigureAwait(false);
                int[] left = database.ReadColumns(() => rows.Where(row => !database.Columns.IsGone(row)).ToArray());
                foreach ((int row, Log log) in database.ReadLogs(left))
                    TextSignature.Write(log.Output, Of(signatures, row));
            }
        }
        catch (Exception)
        {
            return null;
        }

        return signatures;
    }

    // Of what never changes in a segment, so that signatures that another state of the database has left in the file, as after a backup was
    // put back, are not taken for its own.
    private ulong MarkOf(int segment) => database.ReadColumns(() =>
    {
        int start = segment * SegmentDocument.Rows;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(database.Columns.Keys.BytesOf(start, SegmentDocument.Rows));
        hash.AppendData(database.Columns.Times.BytesOf(start, SegmentDocument.Rows));
        return MemoryMarshal.Read<ulong>(hash.GetHashAndReset()) | 1;
    });
}
