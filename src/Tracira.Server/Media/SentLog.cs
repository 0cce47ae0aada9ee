namespace Tracira.Server.Media;

/// <summary>A log as a caller sent it, with its files.</summary>
/// <param name="Submission">The log; its attachments are the files as they describe themselves.</param>
/// <param name="Files">The files; those with faults are left out.</param>
/// <param name="Errors">The fields that have to be mended before it can be submitted.</param>
/// <param name="IsTooLarge">Whether all that is wrong is the size of files.</param>
internal sealed record SentLog(LogSubmission Submission, IReadOnlyList<SentAttachment> Files, IReadOnlyList<FieldError> Errors, bool IsTooLarge);
