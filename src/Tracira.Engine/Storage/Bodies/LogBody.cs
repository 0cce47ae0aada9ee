using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tracira;

/// <summary>
/// What stores on disk keep of a log, as JSON. Project and rules are kept by number, so that a name is kept once. One binary field of JSON
/// costs LiteDB a third of what the same log costs as fields of BSON, and the JSON is made before the one thread that writes has to see it.
/// </summary>
internal sealed record LogBody
{
    private const int MaxKeptBuffer = 1 << 20;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    public required string Id { get; init; }

    public required string Workspace { get; init; }

    public required int Project { get; init; }

    /// <summary>In milliseconds since 1970.</summary>
    public required long Time { get; init; }

    /// <summary>In milliseconds since 1970.</summary>
    public required long Created { get; init; }

    public required LogStatus Status { get; init; }

    public required string Output { get; init; }

    public string? Task { get; init; }

    public string? Input { get; init; }

    public string? InputText { get; init; }

    public string? Model { get; init; }

    public double? LatencyMs { get; init; }

    public double? CostUsd { get; init; }

    public double? Confidence { get; init; }

    public string? Session { get; init; }

    public string? Subject { get; init; }

    public string? Actor { get; init; }

    public string? Metadata { get; init; }

    public IReadOnlyList<string>? Tags { get; init; }

    public string? CallbackUrl { get; init; }

    public CallbackEvents CallbackEvents { get; init; }

    public string? Fingerprint { get; init; }

    public double? Score { get; init; }

    public string? Explanation { get; init; }

    public AttachmentBody[]? Attachments { get; init; }

    public string? Action { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequireApproval { get; init; }

    public string? RevisionOf { get; init; }

    public int? InstructionsVersion { get; init; }

    public FlagBody? Flag { get; init; }

    public DecisionBody? Decision { get; init; }

    /// <summary>The rules that were applied, by the numbers of their revisions.</summary>
    public int[]? Rules { get; init; }

    /// <summary>What those of the rules said that did more than pass.</summary>
    public AppliedBody[]? Said { get; init; }

    public static byte[] Write(Log log, int project, Func<Rule, int> revisionOf)
    {
        ArrayBufferWriter<byte> buffer = _buffer ??= new ArrayBufferWriter<byte>();
        buffer.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            LogBodyJson.Default.LogBody.SerializeHandler!(writer, Of(log, project, revisionOf));
        byte[] utf8 = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity > MaxKeptBuffer)
            _buffer = null;
        return utf8;
    }

    public static LogBody Read(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, LogBodyJson.Default.LogBody)!;

    /// <summary>The log that this is the body of.</summary>
    /// <param name="project">Its project as it is now.</param>
    /// <param name="taskName">Its task as it is called now.</param>
    /// <param name="revision">The rule of a number.</param>
    public Log ToLog(Project project, string? taskName, Func<int, Rule> revision)
    {
        return new Log
        {
            Id = Id,
            WorkspaceId = Workspace,
            ProjectId = project.Id,
            ProjectName = project.Name,
            TaskName = taskName,
            Timestamp = DateTimeOffset.FromUnixTimeMilliseconds(Time),
            CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(Created),
            Status = Status,
            Output = Output,
            Input = Input,
            InputText = InputText,
            Model = Model,
            LatencyMs = LatencyMs,
            CostUsd = CostUsd,
            Confidence = Confidence,
            SessionId = Session,
            SubjectId = Subject,
            ActorId = Actor,
            Metadata = Metadata,
            Tags = Tags ?? [],
            CallbackUrl = CallbackUrl,
            CallbackEvents = CallbackEvents,
            Fingerprint = Fingerprint,
            ConfidenceScore = Score,
            Explanation = Explanation,
            AppliedRules = ReadRules(revision),
            Attachments = Attachments is null ? [] : [.. Attachments.Select(static attachment => attachment.ToAttachment())],
            Action = Action,
            RequireApproval = RequireApproval,
            RevisionOf = RevisionOf,
            InstructionsVersion = InstructionsVersion,
            Flag = Flag?.ToFlag(),
            Decision = Decision?.ToDecision(),
        };
    }

    private static LogBody Of(Log log, int project, Func<Rule, int> revisionOf) => new()
    {
        Id = log.Id,
        Workspace = log.WorkspaceId,
        Project = project,
        Time = log.Timestamp.ToUnixTimeMilliseconds(),
        Created = log.CreatedAt.ToUnixTimeMilliseconds(),
        Status = log.Status,
        Output = log.Output,
        Task = log.TaskName,
        Input = log.Input,
        InputText = log.InputText,
        Model = log.Model,
        LatencyMs = log.LatencyMs,
        CostUsd = log.CostUsd,
        Confidence = log.Confidence,
        Session = log.SessionId,
        Subject = log.SubjectId,
        Actor = log.ActorId,
        Metadata = log.Metadata,
        Tags = log.Tags.Count == 0 ? null : log.Tags,
        CallbackUrl = log.CallbackUrl,
        CallbackEvents = log.CallbackEvents,
        Fingerprint = log.Fingerprint,
        Score = log.ConfidenceScore,
        Explanation = log.Explanation,
        Attachments = log.Attachments.Count == 0 ? null : [.. log.Attachments.Select(AttachmentBody.Of)],
        Action = log.Action,
        RequireApproval = log.RequireApproval,
        RevisionOf = log.RevisionOf,
        InstructionsVersion = log.InstructionsVersion,
        Flag = log.Flag is { } flag ? FlagBody.Of(flag) : null,
        Decision = log.Decision is { } decision ? DecisionBody.Of(decision) : null,
        Rules = log.AppliedRules.Count == 0 ? null : NumbersOf(log.AppliedRules, revisionOf),
        Said = AppliedBody.Of(log.AppliedRules),
    };

    private static int[] NumbersOf(IReadOnlyList<AppliedRule> rules, Func<Rule, int> revisionOf)
    {
        int[] numbers = new int[rules.Count];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = revisionOf(rules[i].Rule);
        return numbers;
    }

    private AppliedRule[] ReadRules(Func<int, Rule> revisionOf)
    {
        AppliedRule[] applied = [.. (Rules ?? []).Select(revision => new AppliedRule(revisionOf(revision), RuleOutcomeKind.Passed))];
        foreach (AppliedBody said in Said ?? [])
            applied[said.At] = said.ToApplied(applied[said.At].Rule);
        return applied;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LogBody))]
internal sealed partial class LogBodyJson : JsonSerializerContext;
