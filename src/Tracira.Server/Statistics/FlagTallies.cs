using System.Collections.Concurrent;

namespace Tracira.Server.Statistics;

/// <summary>
/// Counts by rule, for which there are no counters in the store: reads the flagged logs of a stretch of time, which are few, and at most
/// <see cref="MaxLogs"/> of them. What it found holds for <see cref="Fresh"/>, so that a page that many look at costs one reading.
/// </summary>
internal sealed class FlagTallies(ITraciraStore store, TimeProvider time)
{
    public const int MaxLogs = 50_000;

    private const int MaxKept = 200;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<(string Workspace, string? Project, DateTimeOffset From, DateTimeOffset To), (DateTimeOffset At, Task<FlagTally> Tally)> _kept = new();

    /// <summary>Counts.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="project">The name of a project; null for all.</param>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public Task<FlagTally> CountAsync(string workspaceId, string? project, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset now = time.GetUtcNow();
        var key = (workspaceId, project, from, to);
        if (_kept.TryGetValue(key, out (DateTimeOffset At, Task<FlagTally> Tally) known) && now - known.At < Fresh && !known.Tally.IsFaulted)
            return known.Tally;
        if (_kept.Count >= MaxKept)
            _kept.Clear();
        Task<FlagTally> tally = ReadAsync(workspaceId, project, from, to);
        _kept[key] = (now, tally);
        return tally;
    }

    private async Task<FlagTally> ReadAsync(string workspaceId, string? project, DateTimeOffset from, DateTimeOffset to)
    {
        var rules = new Dictionary<string, RuleTally>();
        int heldBack = 0;
        int read = 0;
        var query = new LogQuery(workspaceId) { Status = LogStatus.Flagged, Project = project, From = from, To = to };
        await foreach (Log log in store.Logs.ReadAsync(query).ConfigureAwait(false))
        {
            if (++read > MaxLogs)
                break;
            bool isConfirmed = log.Decision is { Kind: DecisionKind.Rejected or DecisionKind.Changed };
            bool isDecided = isConfirmed || log.Decision is { Kind: DecisionKind.Approved };
            heldBack += isConfirmed ? 1 : 0;
            foreach (AppliedRule applied in log.AppliedRules)
            {
                if (applied.Outcome != RuleOutcomeKind.Flagged)
                    continue;
                RuleTally before = rules.GetValueOrDefault(applied.Rule.Id) ?? new RuleTally(applied.Rule.Id, "", 0, 0, 0);
                rules[applied.Rule.Id] = new RuleTally(
                    applied.Rule.Id, applied.Rule.Name, before.Hits + 1, before.Decided + (isDecided ? 1 : 0), before.Confirmed + (isConfirmed ? 1 : 0));
            }
        }

        return new FlagTally([.. rules.Values.OrderByDescending(static rule => rule.Hits)], heldBack, read > MaxLogs);
    }
}
