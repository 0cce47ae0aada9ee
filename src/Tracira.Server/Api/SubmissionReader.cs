using System.Text.Json;

namespace Tracira.Server.Api;

/// <summary>Reads the body of POST /api/logs.</summary>
internal static class SubmissionReader
{
    private const int MaxDeadlineMs = 300_000;

    // What would stand in their place in an address leads elsewhere: to other endpoints, and up.
    private static readonly string[] IdsOutOfReach = ["tasks", "export", ".", ".."];

    /// <summary>Reads the fields and gathers their faults; limits of content are the pipeline's business.</summary>
    public static LogSubmission Read(FieldReader fields, string workspaceId, string? idempotencyKey, TimeSpan syncTimeout)
    {
        double? deadline = fields.Number("deadlineMs");
        if (deadline is { } ms && !(ms is >= 1 and <= MaxDeadlineMs))
            fields.Fault("deadlineMs", $"must be between 1 and {MaxDeadlineMs}");

        string? id = fields.Text("id", orNumber: true) ?? idempotencyKey;
        if (IdsOutOfReach.Contains(id?.Trim(), StringComparer.OrdinalIgnoreCase))
            fields.Fault("id", $"cannot be one of {string.Join(", ", IdsOutOfReach)}: a log of that id could not be read");

        return new LogSubmission(fields.Required("project"), fields.Text("output") ?? "")
        {
            WorkspaceId = workspaceId,
            Id = id,
            Task = fields.Text("task", orNumber: true),
            Input = fields.Json("input", "must be a string or an array of content parts", JsonValueKind.String, JsonValueKind.Array),
            InputText = fields.Text("inputText"),
            Model = fields.Text("model"),
            LatencyMs = fields.Number("latencyMs"),
            CostUsd = fields.Number("costUsd"),
            Confidence = fields.Number("confidence"),
            SessionId = fields.Text("sessionId", "conversationId", "threadId", "chatId"),
            SubjectId = fields.Text("subjectId", "customerId", "recordId", "ticketId", "accountId"),
            ActorId = fields.Text("actorId", "userId", "endUserId", "agentId"),
            Metadata = fields.Json("metadata", "must be an object", JsonValueKind.Object),
            Tags = fields.Texts("tags"),
            Action = fields.Json("action", "must be an object", JsonValueKind.Object),
            RequireApproval = fields.Boolean("requireApproval") ?? false,
            RevisionOf = fields.Text("revisionOf", orNumber: true),
            InstructionsVersion = fields.Whole("instructionsVersion"),
            CallbackUrl = fields.Text("callbackUrl"),
            CallbackEvents = fields.Choice("callbackEvents", WireNames.Events, CallbackEvents.All),
            Timestamp = fields.Time("timestamp"),
            Wait = fields.Boolean("sync") != true ? TimeSpan.Zero
                : deadline is { } limit and >= 1 and <= MaxDeadlineMs ? TimeSpan.FromMilliseconds(limit)
                : syncTimeout,
        };
    }
}
