using System.Diagnostics;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Finds logs by the text of their outputs: reads, in the order that is asked for, those that the <see cref="OutputIndex"/> does not rule
/// out, and stops after so many logs or so much time.
/// </summary>
internal sealed class OutputSearch(Database database)
{
    private const int MaxRead = 20_000;
    private const int MaxHits = 1_000;
    private const int ReadAtOnce = 64;
    private const int MaxStep = 2_048;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>One page of the hits, and what can be said of all hits.</summary>
    /// <param name="query">What to find.</param>
    /// <param name="filter">The rows for which all its other conditions hold.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public LogPage Find(LogQuery query, Func<RowSet> filter, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        using RowSet rows = database.ReadColumns(filter);
        int matching = rows.Count();
        database.Outputs.Keep(rows, query.OutputText!);
        int left = rows.Count();
        var hits = new Hits();
        DateTimeOffset? reached = null;
        int read = 0;
        foreach (int[] some in InOrder(query, rows, left))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach ((int row, Log log) in database.ReadLogs(database.ReadColumns(() => some.Where(row => !database.Columns.IsGone(row)).ToArray())))
            {
                if (log.Output.Contains(query.OutputText!, StringComparison.OrdinalIgnoreCase))
                    hits.Add(row, log);
                reached = log.Timestamp;
            }

            read += some.Length;
            if (read >= MaxRead || hits.Rows.Count >= MaxHits || Stopwatch.GetElapsedTime(started) >= MaxTime)
                break;
        }

        int[] page = [.. hits.Rows.Skip(query.Offset).Take(query.Limit)];
        return hits.Summary with
        {
            Logs = [.. database.ReadLogs(page).Select(hit => new LogListItem(hit.Log, TurnsOf(hit.Row)))],
            Search = new LogSearch(matching - left + read, read == left) { Reached = read == left ? null : reached },
        };
    }

    // Each step orders anew, which takes about as long whatever its size, so the steps grow.
    private IEnumerable<int[]> InOrder(LogQuery query, RowSet rows, int count)
    {
        for (int offset = 0, step = ReadAtOnce; offset < count; offset += step, step = Math.Min(step * 2, MaxStep))
        {
            LogQuery next = query with { Offset = offset, Limit = step };
            int[] page = database.ReadColumns(() => new LogOrder(database.Columns, database.Projects, next).Page(rows, count));
            foreach (int[] some in page.Chunk(ReadAtOnce))
                yield return some;
        }
    }

    private int TurnsOf(int row) => database.ReadColumns(() => database.Columns.TurnsOf(database.Columns.Sessions[row]));

    private sealed class Hits
    {
        public List<int> Rows { get; } = [];

        public LogPage Summary { get; private set; } = new([], 0, 0, 0, 0);

        public void Add(int row, Log log)
        {
            Rows.Add(row);
            Summary = Summary with
            {
                Total = Rows.Count,
                FailuresDetected = Summary.FailuresDetected + (log.Status is LogStatus.Flagged or LogStatus.Error ? 1 : 0),
                PendingReviews = Summary.PendingReviews + (log.AwaitsReview ? 1 : 0),
                Passed = Summary.Passed + (log.Status == LogStatus.Pass ? 1 : 0),
            };
        }
    }
}
