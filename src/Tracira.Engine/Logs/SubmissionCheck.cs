namespace Tracira;

/// <summary>Holds submissions to their limits and brings them into the form that is stored: trimmed, blank as absent.</summary>
internal static class SubmissionCheck
{
    public const int MaxOutput = 50_000;
    public const int MaxInput = 1_000_000;
    public const int MaxName = 200;
    public const int MaxShortText = 500;
    public const int MaxUrl = 2_000;
    public const int MaxTags = 50;
    public const int MaxTag = 100;
    public const int MaxAttachments = 20;

    /// <summary>Returns the submission as it will be stored and adds an error for each field that cannot be.</summary>
    public static LogSubmission Normalize(LogSubmission submission, List<FieldError> errors)
    {
        LogSubmission normal = submission with
        {
            Project = submission.Project.Trim(),
            Id = Blank(submission.Id),
            Task = Blank(submission.Task),
            Input = submission.Input is "" ? null : submission.Input,
            InputText = submission.InputText is "" ? null : submission.InputText,
            Model = Blank(submission.Model),
            SessionId = Blank(submission.SessionId),
            SubjectId = Blank(submission.SubjectId),
            ActorId = Blank(submission.ActorId),
            Metadata = JsonObjectCheck.CheckAndDropBlanks("metadata", submission.Metadata, errors),
            RevisionOf = Blank(submission.RevisionOf),
            CallbackUrl = Blank(submission.CallbackUrl),
        };

        if (normal.Project.Length is 0 or > MaxName)
            errors.Add(new("project", $"must have 1 to {MaxName} characters"));
        if (normal.Output.Length == 0 && normal.Action is null && !normal.Attachments.Any(static attachment => attachment.Role == AttachmentRole.Output))
            errors.Add(new("output", $"is required: 1 to {MaxOutput:N0} characters, unless an action or an output attachment stands for it"));
        else if (normal.Output.Length > MaxOutput)
            errors.Add(new("output", $"has {normal.Output.Length:N0} characters; at most {MaxOutput:N0} are accepted"));
        if (normal.Id is { } id && !IsId(id))
            errors.Add(new("id", "must have 1 to 128 characters out of A-Z a-z 0-9 . _ : -"));
        CheckLength("task", normal.Task, MaxName, errors);
        CheckLength("input", normal.Input, MaxInput, errors);
        CheckLength("inputText", normal.InputText, MaxInput, errors);
        CheckLength("model", normal.Model, MaxName, errors);
        CheckLength("sessionId", normal.SessionId, MaxShortText, errors);
        CheckLength("subjectId", normal.SubjectId, MaxShortText, errors);
        CheckLength("actorId", normal.ActorId, MaxShortText, errors);
        if (normal.LatencyMs is { } latency && !(latency >= 0 && double.IsFinite(latency)))
            errors.Add(new("latencyMs", "must be 0 or more milliseconds"));
        if (normal.CostUsd is { } cost && !(cost >= 0 && double.IsFinite(cost)))
            errors.Add(new("costUsd", "must be 0 or more US dollars"));
        if (normal.Confidence is { } confidence && !(confidence is >= 0 and <= 1))
            errors.Add(new("confidence", "must be between 0 and 1"));
        JsonObjectCheck.Check("action", normal.Action, errors);
        if (normal.RevisionOf is { } original && !IsId(original))
            errors.Add(new("revisionOf", "is not the id of a log"));
        if (normal.InstructionsVersion < 1)
            errors.Add(new("instructionsVersion", "must be 1 or more"));
        CheckTags(normal.Tags, errors);
        if (normal.Attachments.Count > MaxAttachments)
            errors.Add(new("attachments", $"are {normal.Attachments.Count} files; at most {MaxAttachments} are accepted with one log"));
        CheckCallback(normal.CallbackUrl, errors);
        return normal;
    }

    /// <summary>Whether a text can be a log's id.</summary>
    public static bool IsId(ReadOnlySpan<char> text) =>
        text.Length is >= 1 and <= 128
        && text is not ("." or "..") // they would lead elsewhere in the paths that ids are parts of
        && !text.ContainsAnyExcept(IdCharacters);

    private static readonly System.Buffers.SearchValues<char> IdCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-");

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Adds an error where a text is too long.</summary>
    public static void CheckLength(string field, string? text, int max, List<FieldError> errors)
    {
        if (text?.Length > max)
            errors.Add(new(field, $"has {text.Length:N0} characters; at most {max:N0} are accepted"));
    }

    private static void CheckTags(IReadOnlyList<string> tags, List<FieldError> errors)
    {
        if (tags.Count > MaxTags)
            errors.Add(new("tags", $"holds {tags.Count} tags; at most {MaxTags} are accepted"));
        else if (tags.Any(static tag => tag.Length is 0 or > MaxTag))
            errors.Add(new("tags", $"must hold texts of 1 to {MaxTag} characters"));
    }

    private static void CheckCallback(string? url, List<FieldError> errors)
    {
        if (url is null)
            return;
        if (url.Length > MaxUrl || !Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            errors.Add(new("callbackUrl", $"must be an absolute http or https address of at most {MaxUrl:N0} characters"));
        else if (uri.UserInfo.Length > 0)
            errors.Add(new("callbackUrl", "must not hold a user name or password"));
    }
}
