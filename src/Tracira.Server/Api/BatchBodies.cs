namespace Tracira.Server.Api;

/// <summary>Several AI outputs to be checked.</summary>
internal sealed record BatchBody(IReadOnlyList<SubmitBody> Logs);

/// <summary>What became of each of them, in order.</summary>
internal sealed record BatchAnswer(bool Ok, IReadOnlyList<BatchItem> Results);

/// <summary>What became of one: the answer it would have had alone, or why it was not accepted.</summary>
internal sealed record BatchItem(int Index)
{
    public string? Id { get; init; }

    public string? Status { get; init; }

    public VerdictItem? Verdict { get; init; }

    public double? ConfidenceScore { get; init; }

    public string? Explanation { get; init; }

    public string? Error { get; init; }

    public string? Code { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public static BatchItem Of(int index, SubmitAnswer answer) => new(index)
    {
        Id = answer.Id,
        Status = answer.Status,
        Verdict = answer.Verdict,
        ConfidenceScore = answer.ConfidenceScore,
        Explanation = answer.Explanation,
    };

    public static BatchItem Of(int index, ApiError error) => new(index) { Error = error.Error, Code = error.Code, Fields = error.Fields };
}
