using Tracira.Server.Hosting;
using Tracira.Server.Media;
using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

/// <summary>Reads a log with its files, sent alone or among others.</summary>
internal sealed class LogReader(AttachmentReader attachments, OutboundGuard guard, ServerOptions options)
{
    /// <summary>Reads the fields; where some are bad the limits of content are looked at as well, so that all faults are found at once.</summary>
    public SentLog Read(FieldReader fields, string workspaceId, string? idempotencyKey)
    {
        List<FieldError> tooLarge = [];
        IReadOnlyList<SentAttachment> files = attachments.Read(fields, tooLarge);
        LogSubmission submission = SubmissionReader.Read(fields, workspaceId, idempotencyKey, options.SyncTimeout) with
        {
            Attachments = [.. files.Select(static file => file.Describe())],
        };
        fields.CheckAddress("callbackUrl", guard);
        if (fields.Errors.Count + tooLarge.Count == 0)
            return new SentLog(submission, files, [], false);
        FieldError[] errors = [.. fields.Errors, .. submission.Validate()];
        return new SentLog(submission, files, [.. errors, .. tooLarge], errors.Length == 0);
    }
}
