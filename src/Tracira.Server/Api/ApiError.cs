namespace Tracira.Server.Api;

/// <summary>The body of every error answer.</summary>
/// <param name="Error">What went wrong and the way out, as a sentence.</param>
/// <param name="Code">The same for machines.</param>
/// <param name="Fields">For a bad request: each field to be mended, and why.</param>
internal sealed record ApiError(string Error, string Code, IReadOnlyDictionary<string, string>? Fields = null)
{
    /// <summary>Fields have to be mended; of a field with several faults the first is told.</summary>
    public static ApiError Invalid(IReadOnlyList<FieldError> errors)
    {
        var fields = new Dictionary<string, string>(errors.Count);
        foreach (FieldError error in errors)
            fields.TryAdd(error.Field, error.Message);
        string sentence = fields.Count == 1
            ? $"{errors[0].Field} {errors[0].Message}."
            : $"{fields.Count} fields have to be mended: {string.Join(", ", fields.Keys)}.";
        return new ApiError(sentence, "invalid_request", fields);
    }

    /// <summary>Why a submission was not accepted; null where it was.</summary>
    public static ApiError? Of(SubmissionResult result) => result.Outcome switch
    {
        SubmissionOutcome.Invalid => Invalid(result.Errors),
        SubmissionOutcome.IdConflict => new ApiError(
            $"The id {result.Log!.Id} belongs to a log with other content. Send a new id, or the same content.", "id_conflict"),
        _ => null,
    };
}
