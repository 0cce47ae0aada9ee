using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Fills the columns at opening: from segments, then from the logs behind the last of them, in steps, as each query keeps what it has
/// read in memory until it ends.
/// </summary>
internal sealed class ColumnLoading(
    DocumentReader documents, Segments segments, RuleHits hits, OutputIndex outputs, Tables tables, List<Purge> purges)
{
    private const int TailStep = 1024;

    private readonly LogColumns _columns = new();
    private readonly HashSet<int> _goneBehindSegments = [];

    /// <summary>The purges that are still to be done.</summary>
    public List<Purge> Purges => purges;

    /// <exception cref="StoreUnavailableException">The columns cannot be read.</exception>
    public LogColumns Run()
    {
        try
        {
            segments.Load(_columns);
            LetGo();
            hits.Load(_columns);
            LoadTail();
        }
        catch (InvalidDataException exception)
        {
            throw new StoreUnavailableException($"The logs cannot be read: {exception.Message}", exception);
        }

        _columns.Keys.Index(_columns.IsGone);

        // What was read to fill the columns is garbage by now, as large as they are. Nobody has to wait for it to be given back.
        if (_columns.Count > 8 * SegmentDocument.Rows)
            ThreadPool.QueueUserWorkItem(static _ => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
        return _columns;
    }

    private void LetGo()
    {
        foreach (int row in purges.SelectMany(static purge => purge.Rows()))
        {
            if (row >= _columns.Count)
                _goneBehindSegments.Add(row);
            else if (!_columns.IsGone(row))
                _columns.Delete(row, rules: []); // none is counted yet
        }
    }

    private void LoadTail()
    {
        int last = documents.Last(LogDocument.Collection) is { } document ? LogDocument.RowOf(document) : -1;
        last = Math.Max(last, _goneBehindSegments.DefaultIfEmpty(-1).Max());
        while (_columns.Count <= last)
        {
            int end = Math.Min(_columns.Count + TailStep, last + 1);
            foreach (BsonDocument log in documents.Between(LogDocument.Collection, _columns.Count, end - 1))
                AddRow(log, last);
            while (_columns.Count < end)
                _columns.AddGap();
        }
    }

    private void AddRow(BsonDocument document, int last)
    {
        int row = LogDocument.RowOf(document);
        while (_columns.Count < row)
            _columns.AddGap();
        if (_goneBehindSegments.Contains(row))
        {
            _columns.AddGap();
            return;
        }

        LogBody body = LogDocument.BodyOf(document);
        Log log = LogDocument.LogOf(body, tables.Projects, tables.Revisions);
        int[] rules = tables.Revisions.ThatFlagged(log);
        _columns.Add(log, tables.FindWorkspace(body.Workspace), tables.Projects.Resolve(body.Project), rules);
        hits.Set(row, rules);

        // Without segments, as behind a change of their format, all rows come here; the signatures of so many would not fit into memory.
        if (row / SegmentDocument.Rows == last / SegmentDocument.Rows)
        {
            Span<ulong> signature = stackalloc ulong[TextSignature.Words];
            TextSignature.Write(log.Output, signature);
            outputs.Set(row, signature);
        }
    }
}
