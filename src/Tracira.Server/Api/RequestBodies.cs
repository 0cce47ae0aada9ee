using System.Text.Json;

namespace Tracira.Server.Api;

// These describe request bodies to the OpenAPI document. The bodies themselves are read field by field with a FieldReader, which names
// every bad field at once and takes numbers and booleans as strings too.

/// <summary>An AI output to be checked.</summary>
internal sealed record SubmitBody(string Project)
{
    /// <summary>Required unless an action or an output attachment stands for it.</summary>
    public string? Output { get; init; }

    public string? Id { get; init; }

    public string? Task { get; init; }

    public string? Model { get; init; }

    public double? LatencyMs { get; init; }

    public double? CostUsd { get; init; }

    public JsonElement? Input { get; init; }

    public string? InputText { get; init; }

    public double? Confidence { get; init; }

    public string? SessionId { get; init; }

    public string? SubjectId { get; init; }

    public string? ActorId { get; init; }

    public JsonElement? Metadata { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public JsonElement? Action { get; init; }

    public bool? RequireApproval { get; init; }

    public string? RevisionOf { get; init; }

    public int? InstructionsVersion { get; init; }

    public IReadOnlyList<AttachmentBody>? Attachments { get; init; }

    public IReadOnlyList<AttachmentBody>? OutputAttachments { get; init; }

    public string? CallbackUrl { get; init; }

    public string? CallbackEvents { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public bool? Sync { get; init; }

    public int? DeadlineMs { get; init; }
}

/// <summary>A file that comes with a log.</summary>
/// <param name="Source"><c>url</c>, <c>upload</c>, <c>uploaded</c> or <c>stored</c>.</param>
internal sealed record AttachmentBody(string Source)
{
    /// <summary>For <c>url</c>: where to fetch it.</summary>
    public string? Url { get; init; }

    /// <summary>For <c>upload</c>: the file in base64.</summary>
    public string? Data { get; init; }

    /// <summary>For <c>uploaded</c> and <c>stored</c>: where it is kept.</summary>
    public string? Key { get; init; }

    public string? Filename { get; init; }

    public string? ContentType { get; init; }
}

/// <summary>A file to be uploaded.</summary>
internal sealed record UploadBody
{
    public string? Filename { get; init; }

    public string? ContentType { get; init; }

    public long? SizeBytes { get; init; }
}

/// <summary>A rule to create, or the fields of one to change.</summary>
internal sealed record RuleBody
{
    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Value { get; init; }

    public string? Description { get; init; }

    public bool? IsActive { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? TaskName { get; init; }

    public string? LlmJudgeProvider { get; init; }

    public string? LlmJudgeModel { get; init; }
}

/// <summary>A workspace to make.</summary>
internal sealed record NewWorkspaceBody(string Name);

/// <summary>An API key to make.</summary>
internal sealed record KeyBody(string Name, IReadOnlyList<string> Scopes)
{
    public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A rule to try out on an output.</summary>
internal sealed record EvaluateBody(string Output, RuleBody Rule)
{
    public double? Confidence { get; init; }
}
