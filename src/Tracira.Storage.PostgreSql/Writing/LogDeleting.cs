using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Removes logs with their messages, and counts them out.</summary>
internal static class LogDeleting
{
    private const string Gone = $"""
        ids as (delete from log_ids i using gone where i.workspace = $1 and i.id = gone.id),
        messages as (delete from outbox m using gone where m.workspace = $1 and m.log_id = gone.id)
        select id, {LogRow.CountColumns} from gone order by accepted
        """;

    private const string ByIds = $"""
        with wanted as (
            select l.at, l.id from log_ids i join logs l on l.workspace = i.workspace and l.at = i.at and l.id = i.id
            where i.workspace = $1 and i.id = any($2) order by l.accepted for update of l),
        gone as (delete from logs l using wanted w where l.workspace = $1 and l.at = w.at and l.id = w.id returning l.*),
        {Gone}
        """;

    private const string Older = $"""
        with wanted as (
            select l.at, l.id from logs l
            where l.workspace = $1 and l.at < $2 and l.status <> 0 and ($3::int is null or l.project = $3)
            order by l.accepted limit $4 for update of l),
        gone as (delete from logs l using wanted w where l.workspace = $1 and l.at = w.at and l.id = w.id returning l.*),
        {Gone}
        """;

    private const string OfTask = $"""
        with gone as (delete from logs where workspace = $1 and project = $2 and task_key = $3 returning *),
        {Gone}
        """;

    /// <summary>Removes the logs of these ids.</summary>
    /// <returns>The ids of those that were there.</returns>
    public static Task<List<string>> DeleteAsync(NpgsqlConnection connection, int workspace, string[] ids, CounterChanges counters) =>
        DeleteAsync(connection, ByIds, counters, Sql.Int(workspace), Sql.Texts(ids));

    /// <summary>Removes the first accepted of those dated before a time that are not pending.</summary>
    /// <returns>Their ids.</returns>
    public static Task<List<string>> DeleteOlderAsync(
        NpgsqlConnection connection, int workspace, long before, int? project, int limit, CounterChanges counters) =>
        DeleteAsync(connection, Older, counters, Sql.Int(workspace), Sql.Long(before), Sql.Int(project), Sql.Int(limit));

    /// <summary>Removes the logs of a project's task.</summary>
    /// <returns>Their ids.</returns>
    public static Task<List<string>> DeleteTaskAsync(NpgsqlConnection connection, int workspace, int project, string taskKey, CounterChanges counters) =>
        DeleteAsync(connection, OfTask, counters, Sql.Int(workspace), Sql.Int(project), Sql.Text(taskKey));

    private static async Task<List<string>> DeleteAsync(
        NpgsqlConnection connection, string sql, CounterChanges counters, params NpgsqlParameter[] parameters)
    {
        List<(string Id, LogCount Count)> gone = await connection.ReadAsync(
            sql, static reader => (reader.GetString(0), LogRow.ReadCount(reader, 1)), CancellationToken.None, parameters).ConfigureAwait(false);
        foreach ((_, LogCount count) in gone)
            counters.Count(count, -1);
        return [.. gone.Select(static log => log.Id)];
    }
}
