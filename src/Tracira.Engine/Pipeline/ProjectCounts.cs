namespace Tracira;

/// <summary>How many logs each project and task of a workspace has, at one moment.</summary>
public sealed class ProjectCounts
{
    private readonly Dictionary<(string ProjectId, string? Task), long> _counts = [];

    internal ProjectCounts(IEnumerable<LogCounter> counters)
    {
        foreach (LogCounter counter in counters)
        {
            Add((counter.ProjectId, null), counter.Count);
            if (counter.TaskName is not null)
                Add((counter.ProjectId, counter.TaskName), counter.Count);
        }
    }

    /// <summary>How many logs a project has, in whatever task.</summary>
    public long Of(Project project) => _counts.GetValueOrDefault((project.Id, null));

    /// <summary>How many logs a task has.</summary>
    public long Of(ProjectTask task) => _counts.GetValueOrDefault((task.ProjectId, task.Name));

    private void Add((string, string?) key, long count) => _counts[key] = _counts.GetValueOrDefault(key) + count;
}
