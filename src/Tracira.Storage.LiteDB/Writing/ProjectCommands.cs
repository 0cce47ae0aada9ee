using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>A change of so much at once that it is in a group of its own.</summary>
internal abstract class LargeCommand<T> : WriteCommand<T>
{
    public override bool IsAlone => true;

    public override bool Claim(HashSet<object> claimed) => claimed.Count == 0;
}

/// <summary>
/// Makes the number of one project stand for another. No log is written: their documents, and the segments that are saved already, are
/// read as the other project's from then on.
/// </summary>
internal sealed class MergeCommand(Database database, int workspace, string projectId, string intoProjectId) : LargeCommand<bool>
{
    private int _from;
    private int _into;
    private ProjectTask[] _tasks = [];
    private Rule[] _rules = [];

    public override bool Write(LiteEngine engine)
    {
        ProjectTable projects = database.Projects;
        if (!projects.TryFind(workspace, projectId, out _from) || !projects.TryFind(workspace, intoProjectId, out _into) || _from == _into)
            return false;
        _tasks = [.. TasksToMove().Where(task => !projects.HasTask(_into, task.Name)).Select(task => task with { ProjectId = intoProjectId })];
        _rules = [.. database.Tables.RulesOf(workspace).Where(rule => rule.ProjectId == projectId).Select(rule => rule with
        {
            ProjectId = intoProjectId,
            ProjectName = projects[_into].Name,
            Revision = rule.Revision + 1,
        })];
        engine.Update(ProjectDocument.Collection,
        [
            ProjectDocument.WriteMerged(_from, workspace, projects[_from], _into),
            ProjectDocument.Write(_into, workspace, projects[_into], [.. projects.TasksOf(_into), .. _tasks]),
        ]);
        foreach (Rule rule in _rules)
            database.SaveRule(engine, workspace, rule);
        Answer = true;
        return true;
    }

    public override void Publish()
    {
        database.Columns.MoveProject(_from, _into);
        database.Projects.Merge(_from, _into);
        foreach (ProjectTask task in _tasks)
            database.Projects.AddTask(_into, task);
        foreach (Rule rule in _rules)
            database.Tables.PutRule(workspace, rule);
    }

    // Those that the project has, and those that only its logs name.
    private List<ProjectTask> TasksToMove()
    {
        List<ProjectTask> tasks = [.. database.Projects.TasksOf(_from)];
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (int code in database.Columns.Counters.Of(workspace)
            .Where(counter => counter.Key.Place.Project == _from && counter.Key.Task != 0)
            .Select(static counter => counter.Key.Task)
            .Distinct())
        {
            string name = database.Columns.TaskTexts.TextOf(code).ToString();
            if (!database.Projects.HasTask(_from, name))
                tasks.Add(new ProjectTask(Guid.CreateVersion7(now).ToString(), projectId, name, now));
        }

        return tasks;
    }
}

/// <summary>Removes a project with all that is in it.</summary>
internal sealed class DeleteProjectCommand(Database database, int workspace, string projectId) : LargeCommand<bool>
{
    private readonly RowRemoval _logs = new(database);
    private int _number;
    private Rule[] _rules = [];

    public override bool Write(LiteEngine engine)
    {
        if (!database.Projects.TryFind(workspace, projectId, out _number))
            return false;
        var rows = new RowSet(database.Columns);
        rows.Keep(database.Columns.Projects, _number);
        _logs.Write(engine, rows);
        _rules = [.. database.Tables.RulesOf(workspace).Where(rule => rule.ProjectId == projectId)];
        RuleEntry.Delete(engine, workspace, _rules.Select(static rule => rule.Id));
        engine.Update(ProjectDocument.Collection, [ProjectDocument.WriteGone(_number, workspace, database.Projects[_number])]);
        Answer = true;
        return true;
    }

    public override void Publish()
    {
        _logs.Publish();
        database.Projects.Remove(_number);
        foreach (Rule rule in _rules)
            database.Tables.RemoveRule(workspace, rule.Id);
    }
}

/// <summary>Removes a task with its logs and rules.</summary>
internal sealed class DeleteTaskCommand(Database database, int workspace, string projectId, string name) : LargeCommand<bool>
{
    private readonly RowRemoval _logs = new(database);
    private int _project;
    private Rule[] _rules = [];

    public override bool Write(LiteEngine engine)
    {
        ProjectTable projects = database.Projects;
        if (!projects.TryFind(workspace, projectId, out _project))
            return false;
        LogColumns columns = database.Columns;
        var rows = new RowSet(columns);
        rows.Keep(columns.Projects, _project);
        rows.Keep(columns.Tasks, columns.TaskTexts.Find(workspace, name));
        if (!projects.HasTask(_project, name) && rows.Count() == 0)
        {
            rows.Dispose();
            return false;
        }

        _logs.Write(engine, rows);
        _rules = [.. database.Tables.RulesOf(workspace).Where(rule => rule.ProjectId == projectId && IsName(rule.TaskName))];
        RuleEntry.Delete(engine, workspace, _rules.Select(static rule => rule.Id));
        IEnumerable<ProjectTask> others = projects.TasksOf(_project).Where(task => !IsName(task.Name));
        engine.Update(ProjectDocument.Collection, [ProjectDocument.Write(_project, workspace, projects[_project], others)]);
        Answer = true;
        return true;
    }

    public override void Publish()
    {
        _logs.Publish();
        database.Projects.RemoveTask(_project, name);
        foreach (Rule rule in _rules)
            database.Tables.RemoveRule(workspace, rule.Id);
    }

    private bool IsName(string? task) => string.Equals(task, name, StringComparison.OrdinalIgnoreCase);
}
