using Npgsql;

namespace Tracira.Storage.PostgreSql;

internal sealed class PostgreSqlProjectStore(Database database, WorkspaceNumbers numbers, Places places, ProjectRemoval removal, ProjectMerge merge)
    : IProjectStore
{
    private const string FindPlace = """
        select p.id, p.name, p.icon, p.created_at, t.name
        from projects p left join tasks t on t.project = p.number and t.name_key = $3
        where p.workspace = $1 and p.name_key = $2 and p.merged_into is null
        """;

    private const string AddProject = """
        insert into projects (workspace, id, name, name_key, icon, created_at) values ($1, $2, $3, $4, $5, $6) on conflict do nothing
        """;

    private const string SaveProject = """
        update projects set name = $3, name_key = $4, icon = $5, created_at = $6 where workspace = $1 and id = $2 and merged_into is null
        """;

    private const string NameIsTaken = """
        select exists (select from projects where workspace = $1 and name_key = $2 and id <> $3 and merged_into is null)
        """;

    private const string List = """
        select id, name, icon, created_at from projects where workspace = $1 and merged_into is null order by name_key
        """;

    private const string ListTasks = """
        select t.id, p.id, t.name, t.created_at from tasks t join projects p on p.number = t.project
        where p.workspace = $1 and p.id = $2 order by t.name_key
        """;

    // Holds on to the project, so that a merge or a deletion finds the task.
    private const string AddTask = """
        with project as (select number from projects where workspace = $1 and id = $2 and merged_into is null for key share)
        insert into tasks (project, name_key, id, name, created_at) select number, $3, $4, $5, $6 from project on conflict do nothing
        """;

    private const string IsProject = "select exists (select from projects where workspace = $1 and id = $2 and merged_into is null)";

    public ValueTask<Placement> ResolveAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken = default)
    {
        database.ThrowIfClosed();
        return places.TryFind(new NamedPlace(workspaceId, project, task), out Placement? placement)
            ? ValueTask.FromResult(placement!)
            : CreateAsync(workspaceId, project, task, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Project>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? [] : await database.ReadAsync(
            connection => connection.ReadAsync(List, ReadProject, cancellationToken, Sql.Int(workspace)), cancellationToken).ConfigureAwait(false);

    public async ValueTask<SaveOutcome> SaveAsync(string workspaceId, Project project, CancellationToken cancellationToken = default)
    {
        int workspace = await numbers.TakeAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        SaveOutcome outcome = await database.WriteAsync(connection => SaveAsync(connection, workspace, project), cancellationToken).ConfigureAwait(false);
        places.Forget();
        return outcome;
    }

    public async ValueTask<bool> MergeAsync(
        string workspaceId, string projectId, string intoProjectId, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace || projectId == intoProjectId)
            return false;
        bool merged = await merge.RunAsync(workspace, projectId, intoProjectId, cancellationToken).ConfigureAwait(false);
        places.Forget();
        return merged;
    }

    public async ValueTask<bool> DeleteAsync(string workspaceId, string projectId, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return false;
        bool deleted = await removal.DeleteProjectAsync(workspace, projectId, cancellationToken).ConfigureAwait(false);
        places.Forget();
        return deleted;
    }

    public async ValueTask<IReadOnlyList<ProjectTask>> ListTasksAsync(
        string workspaceId, string projectId, CancellationToken cancellationToken = default) =>
        await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace ? [] : await database.ReadAsync(
            connection => connection.ReadAsync(
                ListTasks,
                static reader => new ProjectTask(reader.GetString(0), reader.GetString(1), reader.Text(2), Moments.Read(reader.GetInt64(3))),
                cancellationToken,
                Sql.Int(workspace),
                Sql.Text(projectId)),
            cancellationToken).ConfigureAwait(false);

    public async ValueTask<SaveOutcome> AddTaskAsync(string workspaceId, ProjectTask task, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return SaveOutcome.NotFound;
        return await database.WriteAsync(
            async connection =>
            {
                int added = await connection.RunAsync(
                    AddTask,
                    CancellationToken.None,
                    Sql.Int(workspace),
                    Sql.Text(task.ProjectId),
                    Sql.Text(StoredText.Fold(task.Name)),
                    Sql.Text(task.Id),
                    Sql.Text(StoredText.Write(task.Name)),
                    Sql.Long(Moments.Write(task.CreatedAt))).ConfigureAwait(false);
                if (added > 0)
                    return (true, SaveOutcome.Saved);
                bool isProject = await IsTrueAsync(connection, IsProject, Sql.Int(workspace), Sql.Text(task.ProjectId)).ConfigureAwait(false);
                return (false, isProject ? SaveOutcome.NameTaken : SaveOutcome.NotFound);
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<bool> DeleteTaskAsync(string workspaceId, string projectId, string name, CancellationToken cancellationToken = default)
    {
        if (await numbers.FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is not { } workspace)
            return false;
        bool deleted = await removal.DeleteTaskAsync(workspace, projectId, name, cancellationToken).ConfigureAwait(false);
        places.Forget();
        return deleted;
    }

    private static Project ReadProject(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.Text(1), Moments.Read(reader.GetInt64(3))) { Icon = reader.TextOrNull(2) };

    private static async Task<(bool, SaveOutcome)> SaveAsync(NpgsqlConnection connection, int workspace, Project project)
    {
        string key = StoredText.Fold(project.Name);
        if (await IsTrueAsync(connection, NameIsTaken, Sql.Int(workspace), Sql.Text(key), Sql.Text(project.Id)).ConfigureAwait(false))
            return (false, SaveOutcome.NameTaken);
        foreach (string sql in (string[])[SaveProject, AddProject])
        {
            int saved = await connection.RunAsync(
                sql,
                CancellationToken.None,
                Sql.Int(workspace),
                Sql.Text(project.Id),
                Sql.Text(StoredText.Write(project.Name)),
                Sql.Text(key),
                Sql.Text(StoredText.Write(project.Icon)),
                Sql.Long(Moments.Write(project.CreatedAt))).ConfigureAwait(false);
            if (saved > 0)
                return (true, SaveOutcome.Saved);
        }

        return (false, SaveOutcome.NameTaken); // somebody was quicker, or the id is that of a project that was merged
    }

    private static async Task<bool> IsTrueAsync(NpgsqlConnection connection, string sql, params NpgsqlParameter[] parameters) =>
        (await connection.ReadAsync(sql, static reader => reader.GetBoolean(0), CancellationToken.None, parameters).ConfigureAwait(false))[0];

    // Until both are there: what was added a moment ago may be gone again.
    private async ValueTask<Placement> CreateAsync(string workspaceId, string project, string? task, CancellationToken cancellationToken)
    {
        int workspace = await numbers.TakeAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            int changes = places.Changes;
            List<(Project Project, string? Task)> found = await database.ReadAsync(
                connection => connection.ReadAsync(
                    FindPlace,
                    static reader => (ReadProject(reader), reader.TextOrNull(4)),
                    cancellationToken,
                    Sql.Int(workspace),
                    Sql.Text(StoredText.Fold(project)),
                    Sql.Text(StoredText.Fold(task))),
                cancellationToken).ConfigureAwait(false);
            if (found is [var (at, name)] && (task is null) == (name is null))
            {
                var placement = new Placement(at, name);
                places.Add(new NamedPlace(workspaceId, project, task), placement, changes);
                return placement;
            }

            DateTimeOffset now = Moments.Read(Moments.Write(DateTimeOffset.UtcNow));
            string id = Guid.CreateVersion7(now).ToString();
            if (found.Count > 0)
                await AddTaskAsync(workspaceId, new ProjectTask(id, found[0].Project.Id, task!, now), cancellationToken).ConfigureAwait(false);
            else
                await database.WriteAsync(connection => SaveAsync(connection, workspace, new Project(id, project, now)), cancellationToken).ConfigureAwait(false);
        }
    }
}
