namespace Tracira;

/// <summary>What a rule said.</summary>
internal sealed record AppliedBody
{
    /// <summary>The rule's place among those that were applied.</summary>
    public required int At { get; init; }

    public required RuleOutcomeKind Outcome { get; init; }

    public string? Reason { get; init; }

    public double? Confidence { get; init; }

    public string? Model { get; init; }

    public string? LlmOutput { get; init; }

    public JudgeUsage? Usage { get; init; }

    /// <summary>Starts and lengths in turn.</summary>
    public int[]? Matches { get; init; }

    public static AppliedBody[]? Of(IReadOnlyList<AppliedRule> rules)
    {
        List<AppliedBody>? said = null;
        for (int i = 0; i < rules.Count; i++)
        {
            AppliedRule rule = rules[i];
            if (rule is { Outcome: RuleOutcomeKind.Passed, Reason: null, Confidence: null, Model: null, LlmOutput: null, Usage: null, Matches.Count: 0 })
                continue;
            (said ??= []).Add(new AppliedBody
            {
                At = i,
                Outcome = rule.Outcome,
                Reason = rule.Reason,
                Confidence = rule.Confidence,
                Model = rule.Model,
                LlmOutput = rule.LlmOutput,
                Usage = rule.Usage,
                Matches = rule.Matches.Count == 0 ? null : [.. rule.Matches.SelectMany(static match => new[] { match.Start, match.Length })],
            });
        }

        return said?.ToArray();
    }

    public AppliedRule ToApplied(Rule rule) => new(rule, Outcome)
    {
        Reason = Reason,
        Confidence = Confidence,
        Model = Model,
        LlmOutput = LlmOutput,
        Usage = Usage,
        Matches = Matches is null ? [] : [.. Matches.Chunk(2).Select(static pair => new TextMatch(pair[0], pair[1]))],
    };
}

/// <summary>A file that came with a log.</summary>
internal sealed record AttachmentBody(string Filename, string ContentType, AttachmentRole Role, string? Key, long Bytes, string? SourceUrl, string? Error)
{
    public static AttachmentBody Of(Attachment attachment) => new(
        attachment.Filename, attachment.ContentType, attachment.Role, attachment.Key, attachment.Bytes, attachment.SourceUrl, attachment.Error);

    public Attachment ToAttachment() => new(Filename, ContentType, Role) { Key = Key, Bytes = Bytes, SourceUrl = SourceUrl, Error = Error };
}

/// <summary>A problem that was reported after the verdict. The moment is in milliseconds since 1970.</summary>
internal sealed record FlagBody(long At, string By, string? Reason)
{
    public static FlagBody Of(LogFlag flag) => new(flag.At.ToUnixTimeMilliseconds(), flag.By, flag.Reason);

    public LogFlag ToFlag() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), By, Reason);
}

/// <summary>What a person made of a log. The moment is in milliseconds since 1970.</summary>
internal sealed record DecisionBody(DecisionKind Kind, long At, string By, string Source, string? Note, string? Comment, string? CorrectedOutput)
{
    public static DecisionBody Of(Decision decision) => new(
        decision.Kind,
        decision.At.ToUnixTimeMilliseconds(),
        decision.By,
        decision.Source,
        decision.Note,
        decision.Comment,
        decision.CorrectedOutput);

    public Decision ToDecision() => new(Kind, DateTimeOffset.FromUnixTimeMilliseconds(At), By, Source, Note)
    {
        Comment = Comment,
        CorrectedOutput = CorrectedOutput,
    };
}
