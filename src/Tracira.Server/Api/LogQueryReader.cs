using System.Globalization;

namespace Tracira.Server.Api;

/// <summary>Reads the query of GET /api/logs. Blank parameters are as good as absent: no-code tools send them so.</summary>
internal static class LogQueryReader
{
    private const int MaxText = 500;

    /// <summary>Each parameter and what it means, for the OpenAPI document.</summary>
    public static readonly (string Name, string Description)[] Parameters =
    [
        ("pending", "true for undecided flagged or error logs only"),
        ("status", "one of " + WireNames.Status.All),
        ("project", "project name, in any case"),
        ("task", "task name, in any case"),
        ("sessionId", "session"),
        ("subjectId", "subject"),
        ("actorId", "actor"),
        ("q", "text inside project, task, model, session, subject or actor, in any case"),
        ("tags", "comma-separated; logs that carry all of them"),
        ("from", "ISO 8601, inclusive"),
        ("to", "ISO 8601, exclusive"),
        ("sortBy", "one of " + WireNames.Sort.All + "; timestamp unless given"),
        ("sortDir", "asc or desc; desc unless given"),
        ("page", "from 1"),
        ("limit", "1 to 100; 50 unless given"),
    ];

    public static LogQuery Read(IQueryCollection parameters, string workspaceId, List<FieldError> errors)
    {
        int limit = Whole("limit", 50, 100);
        int page = Whole("page", 1, int.MaxValue / 100);
        return new LogQuery(workspaceId)
        {
            AwaitingReview = Boolean("pending"),
            Status = Choice("status", WireNames.Status),
            Project = Text("project"),
            Task = Text("task"),
            SessionId = Text("sessionId"),
            SubjectId = Text("subjectId"),
            ActorId = Text("actorId"),
            Text = Text("q"),
            Tags = Text("tags")?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
            From = Time("from"),
            To = Time("to"),
            Sort = Choice("sortBy", WireNames.Sort) ?? LogSort.Timestamp,
            Descending = Direction(),
            Offset = (page - 1) * limit,
            Limit = limit,
        };

        string? Text(string name)
        {
            string? text = parameters[name];
            if (string.IsNullOrWhiteSpace(text))
                return null;
            if (text.Length > MaxText)
                errors.Add(new FieldError(name, $"must have at most {MaxText} characters"));
            return text.Trim();
        }

        int Whole(string name, int otherwise, int max)
        {
            if (Text(name) is not { } text)
                return otherwise;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max)
                return number;
            errors.Add(new FieldError(name, $"must be a whole number from 1 to {max}"));
            return otherwise;
        }

        bool Boolean(string name)
        {
            if (Text(name) is not { } text)
                return false;
            if (bool.TryParse(text, out bool value))
                return value;
            errors.Add(new FieldError(name, "must be true or false"));
            return false;
        }

        DateTimeOffset? Time(string name)
        {
            if (Text(name) is not { } text)
                return null;
            if (IsoTime.TryParse(text, out DateTimeOffset time))
                return time;
            errors.Add(new FieldError(name, IsoTime.Expected));
            return null;
        }

        T? Choice<T>(string name, WireEnum<T> words)
            where T : struct, Enum
        {
            if (Text(name) is not { } text)
                return null;
            if (words.TryParse(text, out T value))
                return value;
            errors.Add(new FieldError(name, $"must be one of {words.All}"));
            return null;
        }

        bool Direction()
        {
            string? text = Text("sortDir");
            if (text is not (null or "asc" or "desc"))
                errors.Add(new FieldError("sortDir", "must be asc or desc"));
            return text != "asc";
        }
    }
}
