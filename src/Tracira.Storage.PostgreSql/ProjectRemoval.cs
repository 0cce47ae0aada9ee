using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Removes projects and tasks with all that is in them.</summary>
internal sealed class ProjectRemoval(Database database, short shard)
{
    /// <summary>Finds a project and keeps everybody else from adding to it, changing or removing it.</summary>
    private const string Lock = "select number from projects where workspace = $1 and id = $2 and merged_into is null for update";

    private static readonly string[] DeleteProject =
    [
        """
        with gone as (delete from logs where workspace = $1 and project = $2 returning id),
        messages as (delete from outbox m using gone where m.workspace = $1 and m.log_id = gone.id)
        delete from log_ids i using gone where i.workspace = $1 and i.id = gone.id
        """,
        "delete from log_counters where workspace = $1 and project = $2",
        "delete from model_counters where workspace = $1 and project = $2",
        "delete from rule_counters where workspace = $1 and project = $2",
        "delete from rules where workspace = $1 and project_id = (select id from projects where number = $2)",
        "delete from projects where workspace = $1 and (number = $2 or merged_into = $2)",
    ];

    private const string DeleteTask = "delete from tasks where project = $1 and name_key = $2";

    private const string DeleteRules = "delete from rules where workspace = $1 and project_id = $2 and task_key = $3";

    /// <summary>Removes a project.</summary>
    /// <returns>False where there is none of this id.</returns>
    public ValueTask<bool> DeleteProjectAsync(int workspace, string projectId, CancellationToken cancellationToken) => database.WriteAsync(
        async connection =>
        {
            if (await LockAsync(connection, workspace, projectId).ConfigureAwait(false) is not { } project)
                return (false, false);
            foreach (string sql in DeleteProject)
                await connection.RunAsync(sql, CancellationToken.None, Sql.Int(workspace), Sql.Int(project)).ConfigureAwait(false);
            return (true, true);
        },
        cancellationToken);

    /// <summary>Removes a task.</summary>
    /// <returns>False where the project has no such task, registered or in a log.</returns>
    public ValueTask<bool> DeleteTaskAsync(int workspace, string projectId, string name, CancellationToken cancellationToken) => database.WriteAsync(
        async connection =>
        {
            if (await LockAsync(connection, workspace, projectId).ConfigureAwait(false) is not { } project)
                return (false, false);
            string key = StoredText.Fold(name);
            var counters = new CounterChanges(shard);
            List<string> logs = await LogDeleting.DeleteTaskAsync(connection, workspace, project, key, counters).ConfigureAwait(false);
            await counters.SaveAsync(connection).ConfigureAwait(false);
            int tasks = await connection.RunAsync(DeleteTask, CancellationToken.None, Sql.Int(project), Sql.Text(key)).ConfigureAwait(false);
            if (logs.Count == 0 && tasks == 0)
                return (false, false);
            await connection.RunAsync(DeleteRules, CancellationToken.None, Sql.Int(workspace), Sql.Text(projectId), Sql.Text(key)).ConfigureAwait(false);
            return (true, true);
        },
        cancellationToken);

    private static async Task<int?> LockAsync(NpgsqlConnection connection, int workspace, string projectId)
    {
        List<int> found = await connection.ReadAsync(
            Lock, static reader => reader.GetInt32(0), CancellationToken.None, Sql.Int(workspace), Sql.Text(projectId)).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }
}
