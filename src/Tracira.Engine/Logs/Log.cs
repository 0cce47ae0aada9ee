namespace Tracira;

/// <summary>One AI output with what produced it and what became of it. Immutable: a change is a new value handed to the store.</summary>
public sealed record Log
{
    /// <summary>The caller's id, or a version 7 UUID. Unique in the workspace; <c>[A-Za-z0-9._:-]{1,128}</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The workspace the log belongs to.</summary>
    public required string WorkspaceId { get; init; }

    /// <summary>The project the log belongs to.</summary>
    public required string ProjectId { get; init; }

    /// <summary>The project's name as it is now.</summary>
    public required string ProjectName { get; init; }

    /// <summary>The step inside the project, where one was named.</summary>
    public string? TaskName { get; init; }

    /// <summary>The date of the log, from the caller where given. UTC, whole milliseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>When the log was accepted. UTC, whole milliseconds.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the rules, or a person, made of the output.</summary>
    public required LogStatus Status { get; init; }

    /// <summary>
    /// The text that was checked. 1 to 50,000 UTF-16 code units; empty where an action or an attachment stands for it.
    /// </summary>
    public required string Output { get; init; }

    /// <summary>The prompt or conversation: plain text, or the JSON text of an array of content parts.</summary>
    public string? Input { get; init; }

    /// <summary>The prompt as plain text, where <see cref="Input"/> is not.</summary>
    public string? InputText { get; init; }

    /// <summary>The model that wrote the output.</summary>
    public string? Model { get; init; }

    /// <summary>How long the model took, in milliseconds.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>What the model's call cost, in US dollars.</summary>
    public double? CostUsd { get; init; }

    /// <summary>The model's own confidence, 0 to 1.</summary>
    public double? Confidence { get; init; }

    /// <summary>The run or conversation the log is a turn of.</summary>
    public string? SessionId { get; init; }

    /// <summary>Whom or what the output is about.</summary>
    public string? SubjectId { get; init; }

    /// <summary>Who or what acted.</summary>
    public string? ActorId { get; init; }

    /// <summary>The caller's own key-value pairs, as the text of a JSON object.</summary>
    public string? Metadata { get; init; }

    /// <summary>Labels to filter by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The files that came with the log.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>What the AI proposes to do, as the text of a JSON object with name, summary and params.</summary>
    public string? Action { get; init; }

    /// <summary>Whether a person has to approve it whatever the rules say.</summary>
    public bool RequireApproval { get; init; }

    /// <summary>The id of the log that this one is a new attempt at.</summary>
    public string? RevisionOf { get; init; }

    /// <summary>Which version of its hosted instructions the AI had.</summary>
    public int? InstructionsVersion { get; init; }

    /// <summary>Where to post what becomes of the log.</summary>
    public string? CallbackUrl { get; init; }

    /// <summary>Which events are posted to <see cref="CallbackUrl"/>.</summary>
    public CallbackEvents CallbackEvents { get; init; }

    /// <summary>For a log whose caller chose the id: a digest of what was sent, to tell a retry from a clash. Else null.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>How sure the verdict is, 0 to 1: 1 where only deterministic rules spoke, else the least sure judge. Null while pending.</summary>
    public double? ConfidenceScore { get; init; }

    /// <summary>The verdict in a sentence. Null while pending.</summary>
    public string? Explanation { get; init; }

    /// <summary>Each rule that applied, in rule order, with its outcome.</summary>
    public IReadOnlyList<AppliedRule> AppliedRules { get; init; } = [];

    /// <summary>The problem that was reported after the verdict, where one was.</summary>
    public LogFlag? Flag { get; init; }

    /// <summary>What a person decided, once one has.</summary>
    public Decision? Decision { get; init; }

    /// <summary>Whether the log waits for a person: flagged or error, and undecided.</summary>
    public bool AwaitsReview => Status is LogStatus.Flagged or LogStatus.Error && Decision is null;
}
