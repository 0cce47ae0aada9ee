namespace Tracira;

/// <summary>Counts logs, which a store in memory does when it is asked.</summary>
internal static class InMemoryCounts
{
    public static DateOnly DayOf(Log log) => DateOnly.FromDateTime(log.Timestamp.UtcDateTime);

    public static IReadOnlyList<LogCounter> Logs(IEnumerable<Log> logs) =>
    [
        .. logs.GroupBy(static log => (log.ProjectId, log.TaskName, log.Status, log.Decision?.Kind, Day: DayOf(log)))
            .Select(static group => new LogCounter(group.Key.ProjectId, group.Key.TaskName, group.Key.Status, group.Key.Day, group.Count())
            {
                Decision = group.Key.Kind,
            }),
    ];

    public static IReadOnlyList<RuleCounter> Rules(IEnumerable<Log> logs, Func<string, string?> nameOf)
    {
        List<RuleCounter> counters = [];
        foreach (var day in logs.Where(static log => log.Status == LogStatus.Flagged).GroupBy(static log => (log.ProjectId, Day: DayOf(log))))
        {
            (Log Log, Rule Rule)[] hits =
            [
                .. day.SelectMany(static log => log.AppliedRules
                    .Where(static applied => applied.Outcome == RuleOutcomeKind.Flagged)
                    .Take(RuleCounter.MaxRulesOfLog)
                    .Select(applied => (log, applied.Rule))),
            ];
            HashSet<string> toldApart = [.. hits.Select(static hit => hit.Rule.Id).Distinct().Take(RuleCounter.MaxRules)];
            counters.AddRange(hits
                .GroupBy(hit => (Rule: toldApart.Contains(hit.Rule.Id) ? hit.Rule.Id : null, hit.Log.Decision?.Kind))
                .Select(group => new RuleCounter(day.Key.ProjectId, group.Key.Rule, day.Key.Day, group.Key.Kind, group.Count())
                {
                    RuleName = group.Key.Rule is { } id ? nameOf(id) ?? group.Last().Rule.Name : "",
                }));
        }

        return counters;
    }

    public static IReadOnlyList<ModelCounter> Models(IEnumerable<Log> logs)
    {
        List<ModelCounter> counters = [];
        foreach (var day in logs.GroupBy(static log => (log.ProjectId, Day: DayOf(log))))
        {
            // Logs without a model are told apart from the others by a name that no model has.
            var models = day.GroupBy(static log => log.Model ?? "", StringComparer.OrdinalIgnoreCase).ToArray();
            counters.AddRange(models.Take(ModelCounter.MaxModels)
                .Select(model => new ModelCounter(day.Key.ProjectId, model.First().Model, false, day.Key.Day, Sum(model))));
            if (models.Length > ModelCounter.MaxModels)
            {
                IEnumerable<Log> others = models.Skip(ModelCounter.MaxModels).SelectMany(static model => model);
                counters.Add(new ModelCounter(day.Key.ProjectId, null, true, day.Key.Day, Sum(others)));
            }
        }

        return counters;
    }

    private static ModelTally Sum(IEnumerable<Log> logs)
    {
        var tally = default(ModelTally);
        foreach (Log log in logs)
            tally.Count(log.LatencyMs, log.CostUsd, +1);
        return tally;
    }
}
