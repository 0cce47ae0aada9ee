namespace Tracira;

/// <summary>What a person made of a log. It stands beside the log's status and does not change it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">When. UTC, whole milliseconds.</param>
/// <param name="By">Who, as a name or address that colleagues know.</param>
/// <param name="Source">Through what: <c>dashboard</c>, <c>api</c>, <c>slack</c> or <c>email</c>.</param>
/// <param name="Note">What the person wrote beside it; at most 2,000 characters.</param>
public sealed record Decision(DecisionKind Kind, DateTimeOffset At, string By, string Source, string? Note = null)
{
    private const int MaxText = 2_000;

    /// <summary>For a change: what the AI shall do differently, at most 2,000 characters. Either this or <see cref="CorrectedOutput"/>.</summary>
    public string? Comment { get; init; }

    /// <summary>For a change: the output as the person wrote it, at most 50,000 UTF-16 code units.</summary>
    public string? CorrectedOutput { get; init; }

    /// <summary>Holds every field to its limits.</summary>
    /// <returns>Each field to be mended, and why; empty where the decision can be made.</returns>
    public IReadOnlyList<FieldError> Validate()
    {
        List<FieldError> errors = [];
        SubmissionCheck.CheckLength("note", Note, MaxText, errors);
        SubmissionCheck.CheckLength("comment", Comment, MaxText, errors);
        SubmissionCheck.CheckLength("correctedOutput", CorrectedOutput, SubmissionCheck.MaxOutput, errors);
        if (Kind != DecisionKind.Changed)
        {
            if (Comment is not null)
                errors.Add(new("comment", "goes with the decision changed only; note goes with any"));
            if (CorrectedOutput is not null)
                errors.Add(new("correctedOutput", "goes with the decision changed only"));
        }
        else if (Comment is null == CorrectedOutput is null)
        {
            errors.Add(new("comment", "or correctedOutput, one of the two, must go with the decision changed"));
        }

        return errors;
    }

    /// <summary>Whether another decision says the same, whoever made it and whatever was noted beside it.</summary>
    internal bool SaysTheSameAs(Decision other) => Kind == other.Kind && Comment == other.Comment && CorrectedOutput == other.CorrectedOutput;
}
