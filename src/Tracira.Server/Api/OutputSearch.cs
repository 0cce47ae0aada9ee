namespace Tracira.Server.Api;

/// <summary>
/// Finds logs by the text of their outputs, for which there is no index: reads outputs in the order that is asked for, and stops after so
/// many logs or so much time. It says how far it came, so that a client can go on from there.
/// </summary>
internal sealed class OutputSearch(ITraciraStore store, TimeProvider time)
{
    private const int MaxLogs = 20_000;
    private const int MaxHits = 1_000;
    private const int Step = 100;

    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(2);

    /// <summary>Searches.</summary>
    /// <param name="query">What else must hold, in which order, and which page of the hits.</param>
    /// <param name="text">What the output must contain, in any case.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>One page of the hits, what can be said of all hits, and how far the search came.</returns>
    public async ValueTask<(LogPage Hits, SearchItem Search)> FindAsync(LogQuery query, string text, CancellationToken cancellationToken)
    {
        long started = time.GetTimestamp();
        var hits = new OrderedDictionary<string, LogListItem>();
        int searched = 0;
        int total;
        DateTimeOffset? reached = null;
        do
        {
            LogPage page = await store.Logs.ListAsync(query with { Offset = searched, Limit = Step }, cancellationToken).ConfigureAwait(false);
            total = page.Total;
            foreach (LogListItem item in page.Logs)
            {
                // Logs that come in meanwhile push others to a later page: those are met twice.
                if (item.Log.Output.Contains(text, StringComparison.OrdinalIgnoreCase))
                    hits.TryAdd(item.Log.Id, item);
                reached = item.Log.Timestamp;
            }

            searched += page.Logs.Count;
            if (page.Logs.Count < Step)
                total = searched;
        }
        while (searched < total && searched < MaxLogs && hits.Count < MaxHits && time.GetElapsedTime(started) < MaxTime);

        Log[] found = [.. hits.Values.Select(static item => item.Log)];
        var answer = new LogPage(
            [.. hits.Values.Skip(query.Offset).Take(query.Limit)],
            found.Length,
            found.Count(static log => log.Status is LogStatus.Flagged or LogStatus.Error),
            found.Count(static log => log.AwaitsReview),
            found.Count(static log => log.Status == LogStatus.Pass));
        return (answer, new SearchItem(searched, searched >= total) { Reached = searched < total ? reached : null });
    }
}

/// <summary>How far a search through outputs came. Where it is not complete, <c>total</c> and <c>summary</c> are about what was searched.</summary>
/// <param name="Searched">How many logs were looked at.</param>
/// <param name="Complete">Whether those are all that the other conditions hold for.</param>
internal sealed record SearchItem(int Searched, bool Complete)
{
    /// <summary>The time of the last log that was looked at, where there are more.</summary>
    public DateTimeOffset? Reached { get; init; }
}
