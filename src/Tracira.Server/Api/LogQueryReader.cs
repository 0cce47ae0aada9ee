namespace Tracira.Server.Api;

/// <summary>Reads the query of GET /api/logs.</summary>
internal static class LogQueryReader
{
    /// <summary>Each parameter that says which logs are meant, and what it means, for the OpenAPI document.</summary>
    public static readonly (string Name, string Description)[] Filters =
    [
        ("pending", "true for undecided flagged or error logs only"),
        ("status", "one of " + WireNames.Status.All),
        ("project", "project name, in any case"),
        ("task", "task name, in any case"),
        ("sessionId", "session"),
        ("subjectId", "subject"),
        ("actorId", "actor"),
        ("q", "text inside project, task, model, session, subject or actor, in any case"),
        ("text", "text inside the output, in any case; a list's search says how far was looked"),
        ("tags", "comma-separated; logs that carry all of them"),
        ("from", "ISO 8601, inclusive"),
        ("to", "ISO 8601, exclusive"),
    ];

    /// <summary>The same, and those that say in which order and how many.</summary>
    public static readonly (string Name, string Description)[] Parameters =
    [
        .. Filters,
        ("sortBy", "one of " + WireNames.Sort.All + "; timestamp unless given"),
        ("sortDir", "asc or desc; desc unless given"),
        ("page", "from 1"),
        ("limit", "1 to 100; 50 unless given"),
    ];

    public static LogQuery Read(IQueryCollection parameters, string workspaceId, List<FieldError> errors)
    {
        var query = new QueryReader(parameters, errors);
        int limit = query.Whole("limit", 50, 100);
        int page = query.Whole("page", 1, int.MaxValue / 100);
        return new LogQuery(workspaceId)
        {
            AwaitingReview = query.Boolean("pending"),
            Status = query.Choice("status", WireNames.Status),
            Project = query.Text("project"),
            Task = query.Text("task"),
            SessionId = query.Text("sessionId"),
            SubjectId = query.Text("subjectId"),
            ActorId = query.Text("actorId"),
            Text = query.Text("q"),
            OutputText = query.Text("text"),
            Tags = query.Text("tags")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            From = query.Time("from"),
            To = query.Time("to"),
            Sort = query.Choice("sortBy", WireNames.Sort) ?? LogSort.Timestamp,
            Descending = Direction(),
            Offset = (page - 1) * limit,
            Limit = limit,
        };

        bool Direction()
        {
            string? text = query.Text("sortDir");
            if (text is not (null or "asc" or "desc"))
                query.Fault("sortDir", "must be asc or desc");
            return text != "asc";
        }
    }
}
