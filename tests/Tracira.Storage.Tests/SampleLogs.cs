namespace Tracira.Storage.Tests;

/// <summary>Logs to store.</summary>
internal static class SampleLogs
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A log of a project that is made where it is missing.</summary>
    public static async Task<Log> InAsync(ITraciraStore store, string project, string id, LogStatus status = LogStatus.Pass, string workspace = "w", string? task = null)
    {
        Placement placement = await store.Projects.ResolveAsync(workspace, project, task);
        return new Log
        {
            Id = id,
            WorkspaceId = workspace,
            ProjectId = placement.Project.Id,
            ProjectName = placement.Project.Name,
            TaskName = placement.TaskName,
            Timestamp = Noon,
            CreatedAt = Noon,
            Status = status,
            Output = "output of " + id,
        };
    }

    /// <summary>Adds such a log.</summary>
    public static async Task<Log> AddAsync(ITraciraStore store, string project, string id, LogStatus status = LogStatus.Pass, string workspace = "w")
    {
        Log log = await InAsync(store, project, id, status, workspace);
        if (await store.Logs.AppendAsync(log, []) is not null)
            throw new InvalidOperationException($"{id} was there already.");
        return log;
    }

    public static OutboxMessage Message(Log log, string id) => new(id, log.WorkspaceId, log.Id, "log.evaluated", "https://example.com/", Noon);

    public static async Task<List<T>> ReadAllAsync<T>(IAsyncEnumerable<T> source)
    {
        List<T> all = [];
        await foreach (T item in source)
            all.Add(item);
        return all;
    }

    /// <summary>What a log says, with lists compared by their elements.</summary>
    public static string Describe(Log log) => string.Join(
        '\n',
        log with { Tags = [], Attachments = [], AppliedRules = [] },
        string.Join('|', log.Tags),
        string.Join('|', log.Attachments),
        string.Join('|', log.AppliedRules.Select(static rule => $"{rule with { Matches = [] }} {string.Join(',', rule.Matches)}")));
}
