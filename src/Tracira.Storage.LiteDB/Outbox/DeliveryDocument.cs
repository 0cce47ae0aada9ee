using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A message and what became of it, as a document of the collection <c>outbox</c>. Its id says state, workspace and message, in this order:
/// the waiting ones of all workspaces lie together, and so do those of one state in one workspace, in the order of their messages' ids.
/// </summary>
internal static class DeliveryDocument
{
    public const string Collection = "outbox";

    /// <summary>The index by the row of the log.</summary>
    public const string RowIndex = "row";

    // Behind every letter that an id can go on with.
    private const string End = "\uffff";

    public static string KeyOf(DeliveryState state, int workspace, string messageId) => $"{LetterOf(state)}{workspace:x4}{messageId}";

    /// <summary>The ids of all waiting messages lie between these.</summary>
    public static (string First, string Last) Waiting { get; } = ($"{LetterOf(DeliveryState.Waiting)}", LetterOf(DeliveryState.Waiting) + End);

    /// <summary>The ids of the messages of a state and workspace lie between these, up to those before a message.</summary>
    public static (string First, string Last) Between(DeliveryState state, int workspace, string? before) =>
        (KeyOf(state, workspace, ""), KeyOf(state, workspace, before ?? End));

    /// <param name="workspace">The number of the workspace.</param>
    /// <param name="row">The row of the log.</param>
    /// <param name="number">Grows with every message that comes to wait.</param>
    /// <param name="delivery">The message.</param>
    public static BsonDocument Write(int workspace, int row, long number, Delivery delivery)
    {
        OutboxMessage message = delivery.Message;
        var document = new BsonDocument
        {
            ["_id"] = KeyOf(delivery.State, workspace, message.Id),
            [RowIndex] = row,
            ["number"] = number,
            ["id"] = message.Id,
            ["workspace"] = message.WorkspaceId,
            ["log"] = message.LogId,
            ["event"] = message.Event,
            ["url"] = message.Url,
            ["created"] = message.CreatedAt.ToUnixTimeMilliseconds(),
        };
        if (delivery.Attempts > 0)
            document["attempts"] = delivery.Attempts;
        if (delivery.NextAttemptAt is { } next)
            document["next"] = next.ToUnixTimeMilliseconds();
        if (delivery.LastAttemptAt is { } last)
            document["last"] = last.ToUnixTimeMilliseconds();
        if (delivery.StatusCode is { } code)
            document["code"] = code;
        document.Put("error", delivery.Error);
        return document;
    }

    public static Delivery Read(BsonDocument document) => new(
        new OutboxMessage(
            document["id"].AsString,
            document["workspace"].AsString,
            document["log"].AsString,
            document["event"].AsString,
            document["url"].AsString,
            document.Time("created")),
        StateOf(document["_id"].AsString[0]))
    {
        Attempts = document.TryGetValue("attempts", out BsonValue attempts) ? attempts.AsInt32 : 0,
        NextAttemptAt = document.ContainsKey("next") ? document.Time("next") : null,
        LastAttemptAt = document.ContainsKey("last") ? document.Time("last") : null,
        StatusCode = document.TryGetValue("code", out BsonValue code) ? code.AsInt32 : null,
        Error = document.Text("error"),
    };

    public static string KeyOf(BsonDocument document) => document["_id"].AsString;

    public static int RowOf(BsonDocument document) => document[RowIndex].AsInt32;

    private static char LetterOf(DeliveryState state) => state switch
    {
        DeliveryState.Delivered => 'd',
        DeliveryState.Waiting => 'w',
        _ => 'x',
    };

    private static DeliveryState StateOf(char letter) => letter switch
    {
        'd' => DeliveryState.Delivered,
        'w' => DeliveryState.Waiting,
        _ => DeliveryState.Dead,
    };
}
