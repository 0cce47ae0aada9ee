using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A project with its tasks, as a document of the collection <c>projects</c>. The document of a project that was merged or deleted stays,
/// without its name and tasks, because logs name their project by number and numbers are not used twice.
/// </summary>
internal static class ProjectDocument
{
    public const string Collection = "projects";

    public static BsonDocument Write(int number, int workspace, Project project, IEnumerable<ProjectTask> tasks)
    {
        var document = new BsonDocument
        {
            ["_id"] = number,
            ["workspace"] = workspace,
            ["id"] = project.Id,
            ["name"] = project.Name,
            ["created"] = project.CreatedAt.UtcTicks,
            ["tasks"] = new BsonArray(tasks.Select(static task => Write(task))),
        };
        document.Put("icon", project.Icon);
        return document;
    }

    /// <summary>What stays of a project that was deleted.</summary>
    public static BsonDocument WriteGone(int number, int workspace, Project project)
    {
        BsonDocument document = Write(number, workspace, project with { Name = "", Icon = null }, []);
        document["gone"] = true;
        return document;
    }

    /// <summary>What stays of a project that was merged into another.</summary>
    public static BsonDocument WriteMerged(int number, int workspace, Project project, int into)
    {
        BsonDocument document = Write(number, workspace, project with { Name = "", Icon = null }, []);
        document["mergedInto"] = into;
        return document;
    }

    /// <summary>Adds the project to the others.</summary>
    public static void Load(BsonDocument document, ProjectTable projects)
    {
        var project = new Project(document["id"].AsString, document["name"].AsString, document.Moment("created")) { Icon = document.Text("icon") };
        int number = projects.Count;
        projects.Add(document["workspace"].AsInt32, project);
        foreach (BsonValue task in document["tasks"].AsArray)
            projects.AddTask(number, Read(task.AsDocument, project.Id));
        if (document.TryGetValue("mergedInto", out BsonValue into))
            projects.Merge(number, into.AsInt32);
        else if (document.ContainsKey("gone"))
            projects.Remove(number);
    }

    private static BsonDocument Write(ProjectTask task) => new()
    {
        ["id"] = task.Id,
        ["name"] = task.Name,
        ["created"] = task.CreatedAt.UtcTicks,
    };

    private static ProjectTask Read(BsonDocument document, string projectId) =>
        new(document["id"].AsString, projectId, document["name"].AsString, document.Moment("created"));
}
