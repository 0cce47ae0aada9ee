using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>A log as a document of the collection <c>logs</c>: its row and its <see cref="LogBody"/>.</summary>
internal static class LogDocument
{
    public const string Collection = "logs";

    public static BsonDocument Write(int row, byte[] body) => new() { ["_id"] = row, ["body"] = body };

    public static int RowOf(BsonDocument document) => document["_id"].AsInt32;

    public static LogBody BodyOf(BsonDocument document) => LogBody.Read(document["body"].AsBinary);

    /// <summary>The log, with its project and task as they are called now.</summary>
    public static Log LogOf(LogBody body, ProjectTable projects, RuleRevisions revisions)
    {
        string? task = body.Task is null ? null : projects.TaskName(body.Project, body.Task);
        return body.ToLog(projects[body.Project], task, number => revisions[number]);
    }
}
