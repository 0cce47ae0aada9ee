using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Saves the columns segment by segment, and reads them back. Used on the writer's thread, behind the loading.</summary>
internal sealed class Segments(DocumentReader documents, ProjectTable projects, RuleHits hits, OutputIndex outputs)
{
    private readonly Dictionary<int, byte[]> _changedStates = [];
    private int _sealedRows;
    private SegmentDocument.TextCounts _sealedTexts;

    /// <summary>How many segments there are.</summary>
    public int Count => _sealedRows / SegmentDocument.Rows;

    /// <summary>Fills the columns with what was saved.</summary>
    public void Load(LogColumns columns)
    {
        // The next segment is read while the columns of this one are filled.
        Task<(BsonDocument Columns, byte[] States)?> next = Task.Run(() => Read(0));
        for (int segment = 1; next.GetAwaiter().GetResult() is var (document, states); segment++)
        {
            int following = segment;
            next = Task.Run(() => Read(following));
            SegmentDocument.Load(columns, projects, document, states);
        }

        _sealedRows = columns.Count;
        _sealedTexts = SegmentDocument.TextCounts.Of(columns);
    }

    /// <summary>Takes note of a row's new state, to be saved where its segment is saved already.</summary>
    public void WriteState(LogColumns columns, int row, byte state)
    {
        if (row >= _sealedRows)
            return;
        int segment = row / SegmentDocument.Rows;
        if (!_changedStates.TryGetValue(segment, out byte[]? states))
            _changedStates[segment] = states = StatesOf(columns, segment);
        states[row % SegmentDocument.Rows] = state;
    }

    /// <summary>Saves the new states, each segment's once, into the transaction that is about to be committed.</summary>
    public void SaveStates(LiteEngine engine)
    {
        foreach ((int segment, byte[] states) in _changedStates)
            engine.Update(SegmentDocument.StateCollection, [SegmentDocument.WriteStates(segment, states)]);
        _changedStates.Clear();
    }

    /// <summary>Behind each group: saves the segments that have filled up.</summary>
    public void Seal(LiteEngine engine, LogColumns columns, Action commit)
    {
        while (columns.Count - _sealedRows >= SegmentDocument.Rows)
        {
            int segment = _sealedRows / SegmentDocument.Rows;
            engine.BeginTrans();
            engine.Insert(SegmentDocument.Collection, [SegmentDocument.Write(columns, segment, _sealedTexts)], BsonAutoId.Int32);
            engine.Insert(SegmentDocument.StateCollection, [SegmentDocument.WriteStates(segment, StatesOf(columns, segment))], BsonAutoId.Int32);
            hits.Seal(engine, segment);
            commit();
            _sealedRows += SegmentDocument.Rows;
            _sealedTexts = SegmentDocument.TextCounts.Of(columns);
            outputs.Seal(segment);
        }
    }

    private static byte[] StatesOf(LogColumns columns, int segment) =>
        columns.States.Save(segment * SegmentDocument.Rows, SegmentDocument.Rows);

    private (BsonDocument Columns, byte[] States)? Read(int segment) =>
        documents.Find(SegmentDocument.Collection, segment) is { } columns
            ? (columns, documents.Find(SegmentDocument.StateCollection, segment)!["states"].AsBinary)
            : null;
}
