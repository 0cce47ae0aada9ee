using Tracira.Server.Api;

namespace Tracira.Server.Statistics;

/// <summary>Adds up the store's counters: no log is read for it, however many there are, but the oldest that waits for a person.</summary>
internal sealed class StatsReader(ITraciraStore store)
{
    /// <summary>How the workspace fares.</summary>
    /// <param name="workspaceId">The workspace.</param>
    /// <param name="project">The name of a project, in any case; null for all.</param>
    /// <param name="range">The days.</param>
    /// <param name="incidentCostUsd">What an incident costs; null where nobody has said.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<StatsAnswer> ReadAsync(
        string workspaceId, string? project, StatsRange range, double? incidentCostUsd, CancellationToken cancellationToken)
    {
        IReadOnlyList<Project> projects = await store.Projects.ListAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        Dictionary<string, string> names = projects
            .Where(known => project is null || string.Equals(known.Name, project, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(static known => known.Id, static known => known.Name);
        IReadOnlyList<LogCounter> allLogs = await store.Logs.CountAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<RuleCounter> allRules =
            await store.Logs.CountRulesAsync(workspaceId, range.Before, range.Last, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ModelCounter> allModels =
            await store.Logs.CountModelsAsync(workspaceId, range.Before, range.Last, cancellationToken).ConfigureAwait(false);
        var open = new LogQuery(workspaceId) { AwaitingReview = true, Project = project, Descending = false, Limit = 1 };
        LogPage waiting = await store.Logs.ListAsync(open, cancellationToken).ConfigureAwait(false);

        LogCounter[] logs = [.. allLogs.Where(counter => names.ContainsKey(counter.ProjectId))];
        LogCounter[] now = [.. logs.Where(counter => counter.Day >= range.First && counter.Day <= range.Last)];
        LogCounter[] before = [.. logs.Where(counter => counter.Day >= range.Before && counter.Day < range.First)];
        RuleCounter[] rules = [.. allRules.Where(counter => names.ContainsKey(counter.ProjectId))];
        ModelCounter[] modelsNow = [.. allModels.Where(counter => names.ContainsKey(counter.ProjectId) && counter.Day >= range.First)];
        ModelCounter[] modelsBefore = [.. allModels.Where(counter => names.ContainsKey(counter.ProjectId) && counter.Day < range.First)];
        ILookup<DateOnly, LogCounter> byDay = now.ToLookup(static counter => counter.Day);
        ILookup<DateOnly, ModelCounter> modelsByDay = modelsNow.ToLookup(static counter => counter.Day);
        long heldBack = HeldBack(now);
        long heldBackBefore = HeldBack(before);
        return new StatsAnswer
        {
            From = range.First,
            To = range.Last,
            Total = StatsCounts.Of(now),
            Before = StatsCounts.Of(before),
            Measures = StatsMeasures.Of(modelsNow),
            MeasuresBefore = StatsMeasures.Of(modelsBefore),
            Days = [.. range.All.Select(day => new StatsDay(day, StatsCounts.Of(byDay[day]), StatsMeasures.Of(modelsByDay[day])))],
            Projects = ProjectStats.Of(names, now, before, modelsNow, modelsBefore),
            Models = ModelStats.Of(modelsNow, modelsBefore),
            Rules = RuleStatsItem.Of(rules, range.First),
            OtherRuleHits = rules.Where(counter => counter.RuleId is null && counter.Day >= range.First).Sum(static counter => counter.Count),
            HeldBack = heldBack,
            HeldBackBefore = heldBackBefore,
            SavedUsd = heldBack * incidentCostUsd,
            SavedUsdBefore = heldBackBefore * incidentCostUsd,
            OpenReviews = logs
                .Where(static counter => counter is { Status: LogStatus.Flagged or LogStatus.Error, Decision: null })
                .Sum(static counter => counter.Count),
            OldestOpenReview = waiting.Logs is [var oldest, ..] ? oldest.Log.Timestamp : null,
        };
    }

    /// <summary>What rules flagged.</summary>
    public async ValueTask<IReadOnlyList<RuleStatsItem>> ReadRulesAsync(string workspaceId, StatsRange range, CancellationToken cancellationToken) =>
        RuleStatsItem.Of(await store.Logs.CountRulesAsync(workspaceId, range.Before, range.Last, cancellationToken).ConfigureAwait(false), range.First);

    private static long HeldBack(IEnumerable<LogCounter> counters) => counters
        .Where(static counter => counter.Decision is DecisionKind.Rejected or DecisionKind.Changed)
        .Sum(static counter => counter.Count);
}
