using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>A workspace, as a document of the collection <see cref="Tables.WorkspaceCollection"/>.</summary>
internal static class WorkspaceDocument
{
    public static BsonDocument Write(Workspace workspace) => new()
    {
        ["_id"] = workspace.Id,
        ["name"] = workspace.Name,
        ["token"] = workspace.WebhookToken,
        ["ingestOnly"] = workspace.TokenScope == TokenScope.Ingest,
        ["created"] = workspace.CreatedAt.UtcTicks,
    };

    public static Workspace Read(BsonDocument document) =>
        new(
            document["_id"].AsString,
            document["name"].AsString,
            document["token"].AsString,
            document.Moment("created"))
        {
            TokenScope = document["ingestOnly"] == true ? TokenScope.Ingest : TokenScope.Full,
        };
}
