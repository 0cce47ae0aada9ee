namespace Tracira.Server.Api;

/// <summary>A project and how many logs it has.</summary>
internal sealed record ProjectItem(string Id, string Name, DateTimeOffset CreatedAt, long ExecutionCount)
{
    public string? Icon { get; init; }

    /// <summary>How many days its logs are kept, where that differs from the workspace.</summary>
    public int? RetentionDays { get; init; }

    public static ProjectItem Of(Project project, ProjectCounts counts, IReadOnlyDictionary<string, int> retention) =>
        new(project.Id, project.Name, project.CreatedAt, counts.Of(project))
        {
            Icon = project.Icon,
            RetentionDays = retention.TryGetValue(project.Id, out int days) ? days : null,
        };
}

/// <summary>A task of a project and how many logs it has.</summary>
internal sealed record TaskItem(string Id, string Name, string ProjectId, DateTimeOffset CreatedAt, long ExecutionCount)
{
    public static TaskItem Of(ProjectTask task, ProjectCounts counts) => new(task.Id, task.Name, task.ProjectId, task.CreatedAt, counts.Of(task));
}
