namespace Tracira;

/// <summary>One AI output to be checked, as its caller describes it.</summary>
/// <param name="Project">The automation it comes from, 1 to 200 characters; created on first use, matched without regard to case.</param>
/// <param name="Output">The text to check, 1 to 50,000 UTF-16 code units; may be empty where an <see cref="Action"/> stands for it.</param>
public sealed record LogSubmission(string Project, string Output)
{
    /// <summary>The workspace it is for.</summary>
    public string WorkspaceId { get; init; } = Workspace.DefaultId;

    /// <summary>The caller's own id, <c>[A-Za-z0-9._:-]{1,128}</c>: the same id with the same content is accepted once.</summary>
    public string? Id { get; init; }

    /// <summary>The step inside the project, 1 to 200 characters; created on first use, matched without regard to case.</summary>
    public string? Task { get; init; }

    /// <summary>The prompt or conversation: plain text, or the JSON text of an array of content parts.</summary>
    public string? Input { get; init; }

    /// <summary>The prompt as plain text, where <see cref="Input"/> is not.</summary>
    public string? InputText { get; init; }

    /// <summary>The model that wrote the output.</summary>
    public string? Model { get; init; }

    /// <summary>How long the model took, in milliseconds; 0 or more.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>What the model's call cost, in US dollars; 0 or more.</summary>
    public double? CostUsd { get; init; }

    /// <summary>The model's own confidence, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The run or conversation this is a turn of.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whom or what the output is about.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Who or what acted.</summary>
    public string? ActorId { get; init; }

    /// <summary>
    /// The caller's own key-value pairs, as the text of a JSON object; at most 64 KiB of UTF-8. Pairs whose value is null or blank are not kept.
    /// </summary>
    public string? Metadata { get; init; }

    /// <summary>Labels to filter by; at most 50 of at most 100 characters.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// What the AI proposes to do, as the text of a JSON object with name, summary and params; at most 64 KiB of UTF-8. Rules over JSON
    /// fields reach it by paths that begin with <c>action</c>.
    /// </summary>
    public string? Action { get; init; }

    /// <summary>Whether a person has to approve it whatever the rules say.</summary>
    public bool RequireApproval { get; init; }

    /// <summary>The id of the log that this is a new attempt at.</summary>
    public string? RevisionOf { get; init; }

    /// <summary>Which version of its hosted instructions the AI had; 1 or more.</summary>
    public int? InstructionsVersion { get; init; }

    /// <summary>The files that come with it, in the media store already or still to be fetched; at most 20.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>
    /// A digest of what the attachments hold or where they come from, so that the same id with other files is not taken for a retry; null
    /// where there are none.
    /// </summary>
    public string? AttachmentsDigest { get; init; }

    /// <summary>Where to post what becomes of it; http or https.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Which events are posted to <see cref="CallbackUrl"/>.</summary>
    public CallbackEvents CallbackEvents { get; init; }

    /// <summary>The date of the log instead of now, as when an old run is replayed.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>
    /// How long the caller waits for judges. <see cref="TimeSpan.Zero"/> does not wait: the answer may be pending.
    /// <see cref="Timeout.InfiniteTimeSpan"/>, the default, waits for the verdict.
    /// </summary>
    public TimeSpan Wait { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Holds every field to its limits.</summary>
    /// <returns>Each field to be mended, and why; empty where the submission can be accepted.</returns>
    public IReadOnlyList<FieldError> Validate()
    {
        List<FieldError> errors = [];
        _ = SubmissionCheck.Normalize(this, errors);
        return errors;
    }
}
