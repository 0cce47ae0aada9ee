namespace Tracira.Server.Api;

/// <summary>A project.</summary>
internal sealed record ProjectStats(string Id, string Name, StatsCounts Counts, StatsCounts Before, StatsMeasures Measures, StatsMeasures MeasuresBefore)
{
    /// <summary>Of how many projects the days are told.</summary>
    private const int MaxSeries = 20;

    /// <summary>The project's days, for the 20 busiest projects.</summary>
    public IReadOnlyList<StatsPoint> Days { get; init; } = [];

    public static IReadOnlyList<ProjectStats> Of(
        Dictionary<string, string> names, LogCounter[] now, LogCounter[] before, ModelCounter[] modelsNow, ModelCounter[] modelsBefore)
    {
        ILookup<string, LogCounter> countsBefore = before.ToLookup(static counter => counter.ProjectId);
        ILookup<string, ModelCounter> measures = modelsNow.ToLookup(static counter => counter.ProjectId);
        ILookup<string, ModelCounter> measuresBefore = modelsBefore.ToLookup(static counter => counter.ProjectId);
        return
        [
            .. now.GroupBy(static counter => counter.ProjectId)
                .Select(group => new ProjectStats(
                    group.Key,
                    names[group.Key],
                    StatsCounts.Of(group),
                    StatsCounts.Of(countsBefore[group.Key]),
                    StatsMeasures.Of(measures[group.Key]),
                    StatsMeasures.Of(measuresBefore[group.Key])))
                .OrderByDescending(static project => project.Counts.Logs)
                .ThenBy(static project => project.Name, StringComparer.OrdinalIgnoreCase)
                .Select((project, place) => place < MaxSeries ? project with { Days = StatsPoint.Of(measures[project.Id]) } : project),
        ];
    }
}
