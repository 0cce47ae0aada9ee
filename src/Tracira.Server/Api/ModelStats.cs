namespace Tracira.Server.Api;

/// <summary>What the logs of a model add up to.</summary>
internal sealed record ModelStats(long Logs, long LogsBefore, StatsMeasures Measures, StatsMeasures MeasuresBefore)
{
    private const int MaxModels = 20;

    /// <summary>The model as it was first written; left out for logs that tell none, and for the others.</summary>
    public string? Model { get; init; }

    /// <summary>Whether these are the logs of all models that are not among the busiest.</summary>
    public required bool IsOthers { get; init; }

    /// <summary>Its days; those without logs are left out.</summary>
    public required IReadOnlyList<StatsPoint> Days { get; init; }

    /// <summary>The projects it is used in, the busiest first.</summary>
    public required IReadOnlyList<ModelProjectStats> Projects { get; init; }

    public static IReadOnlyList<ModelStats> Of(ModelCounter[] now, ModelCounter[] before)
    {
        // Logs that tell no model are one among the models; models have at least a character.
        HashSet<string> busiest = new(
            now.Where(static counter => !counter.IsOthers)
                .GroupBy(static counter => counter.Model ?? "", StringComparer.OrdinalIgnoreCase)
                .OrderByDescending(static model => model.Sum(static counter => counter.Tally.Logs))
                .ThenBy(static model => model.Key, StringComparer.OrdinalIgnoreCase)
                .Take(MaxModels)
                .Select(static model => model.Key),
            StringComparer.OrdinalIgnoreCase);
        ILookup<string?, ModelCounter> earlier = before.ToLookup(KeyOf, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. now.GroupBy(KeyOf, StringComparer.OrdinalIgnoreCase)
                .Select(model => Of(model.Key, [.. model], [.. earlier[model.Key]]))
                .OrderBy(static model => model.IsOthers)
                .ThenByDescending(static model => model.Logs)
                .ThenBy(static model => model.Model, StringComparer.OrdinalIgnoreCase),
        ];

        string? KeyOf(ModelCounter counter) => !counter.IsOthers && busiest.Contains(counter.Model ?? "") ? counter.Model ?? "" : null;
    }

    private static ModelStats Of(string? key, ModelCounter[] now, ModelCounter[] before) => new(
        now.Sum(static counter => counter.Tally.Logs),
        before.Sum(static counter => counter.Tally.Logs),
        StatsMeasures.Of(now),
        StatsMeasures.Of(before))
    {
        Model = key is "" ? null : key,
        IsOthers = key is null,
        Days = StatsPoint.Of(now),
        Projects = [.. now
            .GroupBy(static counter => counter.ProjectId)
            .Select(static project => new ModelProjectStats(project.Key, project.Sum(static counter => counter.Tally.Logs), StatsMeasures.Of(project)))
            .OrderByDescending(static project => project.Logs)],
    };
}

/// <summary>A model in a project.</summary>
internal sealed record ModelProjectStats(string ProjectId, long Logs, StatsMeasures Measures);
