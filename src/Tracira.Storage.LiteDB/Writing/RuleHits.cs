using System.Runtime.InteropServices;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Which rules flagged which rows, for the counters to be right when a row changes or goes. Nobody asks for it otherwise, so only what is
/// not in a segment yet is in memory; that of a segment is a document of <c>segment_hits</c>, read when it is needed. A segment without
/// flagged rows has none. Used on the writer's thread, behind the loading.
/// </summary>
internal sealed class RuleHits(DocumentReader documents)
{
    public const string Collection = "segment_hits";

    private const int SegmentsAtOnce = 16;
    private readonly Dictionary<int, int[]> _unsealed = [];
    private readonly Dictionary<int, Dictionary<int, int[]>> _changed = [];
    private int _sealedRows;

    /// <summary>Counts what the segments hold.</summary>
    /// <param name="columns">The columns, filled from the segments, with the rows marked that are gone.</param>
    public void Load(LogColumns columns)
    {
        _sealedRows = columns.Count;
        for (int segment = 0; segment * SegmentDocument.Rows < columns.Count; segment += SegmentsAtOnce)
        {
            foreach (BsonDocument document in documents.Between(Collection, segment, segment + SegmentsAtOnce - 1))
            {
                foreach ((int row, int[] rules) in Read(document))
                    columns.Counters.AddRules(CountedPlace.Of(columns, row), columns.States[row], columns.IsGone(row) ? [] : rules, +1);
            }
        }
    }

    /// <summary>Takes note of the rules that flagged a row.</summary>
    public void Set(int row, int[] rules)
    {
        if (row < _sealedRows)
            Put(Changed(row / SegmentDocument.Rows), row, rules);
        else
            Put(_unsealed, row, rules);
    }

    /// <summary>The rules that flagged some rows; those that none flagged are not in it.</summary>
    public Dictionary<int, int[]> Of(IEnumerable<int> rows)
    {
        Dictionary<int, int[]> found = [];
        foreach (IGrouping<int, int> segment in rows.GroupBy(static row => row / SegmentDocument.Rows))
        {
            Dictionary<int, int[]> hits = segment.Key * SegmentDocument.Rows >= _sealedRows ? _unsealed
                : _changed.TryGetValue(segment.Key, out Dictionary<int, int[]>? changed) ? changed
                : Read(segment.Key);
            foreach (int row in segment)
            {
                if (hits.TryGetValue(row, out int[]? rules))
                    found[row] = rules;
            }
        }

        return found;
    }

    /// <summary>Saves what changed, each segment once, into the transaction that is about to be committed.</summary>
    public void Save(LiteEngine engine)
    {
        foreach ((int segment, Dictionary<int, int[]> hits) in _changed)
            Save(engine, segment, hits);
        _changed.Clear();
    }

    /// <summary>Saves what is known of a segment that is being saved.</summary>
    public void Seal(LiteEngine engine, int segment)
    {
        _sealedRows = (segment + 1) * SegmentDocument.Rows;
        var hits = _unsealed.Where(hit => hit.Key < _sealedRows).ToDictionary();
        foreach (int row in hits.Keys)
            _unsealed.Remove(row);
        if (hits.Count > 0)
            Save(engine, segment, hits);
    }

    private static void Put(Dictionary<int, int[]> hits, int row, int[] rules)
    {
        if (rules.Length > 0)
            hits[row] = rules;
        else
            hits.Remove(row);
    }

    private Dictionary<int, int[]> Changed(int segment)
    {
        if (!_changed.TryGetValue(segment, out Dictionary<int, int[]>? hits))
            _changed[segment] = hits = Read(segment);
        return hits;
    }

    private Dictionary<int, int[]> Read(int segment) => documents.Find(Collection, segment) is { } document ? Read(document).ToDictionary() : [];

    private static IEnumerable<KeyValuePair<int, int[]>> Read(BsonDocument document)
    {
        int start = document["_id"].AsInt32 * SegmentDocument.Rows;
        int[] numbers = MemoryMarshal.Cast<byte, int>(document["hits"].AsBinary).ToArray();
        for (int at = 0; at < numbers.Length;)
        {
            int behind = at + 2 + numbers[at + 1];
            yield return new(start + numbers[at], numbers[(at + 2)..behind]);
            at = behind;
        }
    }

    // For each row its place in the segment, how many rules flagged it, and those.
    private static void Save(LiteEngine engine, int segment, Dictionary<int, int[]> hits)
    {
        int[] numbers = [.. hits.SelectMany(static hit => (int[])[hit.Key % SegmentDocument.Rows, hit.Value.Length, .. hit.Value])];
        var document = new BsonDocument { ["_id"] = segment, ["hits"] = MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray() };
        engine.Upsert(Collection, [document], BsonAutoId.Int32);
    }
}
