namespace Tracira.Server.Media;

/// <summary>
/// Takes in logs together with their files: the files are stored before the log is acknowledged, what is to be fetched is noted durably
/// before that, and a repeated submission stores nothing twice.
/// </summary>
internal sealed class AttachmentIntake(ITraciraStore store, LogPipeline pipeline, AttachmentWriter writer, FetchQueue fetches, TimeProvider time)
{
    // Submissions of one id go one behind the other, so that none writes over the files of another.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(static _ => new SemaphoreSlim(1))];

    /// <summary>Submits a log with its files.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was accepted.</exception>
    public ValueTask<SubmissionResult> SubmitAsync(SentLog log) =>
        log.Files.Count == 0 ? pipeline.SubmitAsync(log.Submission) : SubmitWithFilesAsync(log.Submission, log.Files);

    /// <summary>Submits several logs: those without files as one durable write, each of the others on its own behind them.</summary>
    /// <returns>For each of them, in order, what became of it.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; some logs before it may have been accepted.</exception>
    public async ValueTask<IReadOnlyList<SubmissionResult>> SubmitManyAsync(IReadOnlyList<SentLog> logs)
    {
        IReadOnlyList<SubmissionResult> plain = await pipeline
            .SubmitManyAsync([.. logs.Where(static log => log.Files.Count == 0).Select(static log => log.Submission)]).ConfigureAwait(false);
        var results = new SubmissionResult[logs.Count];
        int next = 0;
        for (int i = 0; i < results.Length; i++)
            results[i] = logs[i].Files.Count == 0 ? plain[next++] : await SubmitAsync(logs[i]).ConfigureAwait(false);
        return results;
    }

    private async ValueTask<SubmissionResult> SubmitWithFilesAsync(LogSubmission submission, IReadOnlyList<SentAttachment> sent)
    {
        if (submission.Validate() is { Count: > 0 } errors)
            return new SubmissionResult { Outcome = SubmissionOutcome.Invalid, Errors = errors };

        long started = time.GetTimestamp();
        string id = string.IsNullOrWhiteSpace(submission.Id) ? Guid.CreateVersion7(time.GetUtcNow()).ToString() : submission.Id.Trim();
        submission = submission with { Id = id, AttachmentsDigest = SentAttachment.DigestOf(sent) };
        SubmissionResult result = await StoreAsync(submission with { Wait = TimeSpan.Zero }, id, sent).ConfigureAwait(false);
        if (result.Outcome is SubmissionOutcome.Invalid or SubmissionOutcome.IdConflict)
            return result;
        Task fetching = result.Log!.Attachments.Any(AttachmentFetcher.IsWaiting) ? fetches.Enqueue(submission.WorkspaceId, id) : Task.CompletedTask;
        if (submission.Wait == TimeSpan.Zero)
            return result;

        // Sent once more the log is known, and its judges are waited for while nobody else is kept waiting.
        if (result.Status == LogStatus.Pending)
            result = await pipeline.SubmitAsync(submission).ConfigureAwait(false);
        await WaitAsync(fetching, submission.Wait, started).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<SubmissionResult> StoreAsync(LogSubmission submission, string id, IReadOnlyList<SentAttachment> sent)
    {
        string workspaceId = submission.WorkspaceId;
        SemaphoreSlim turn = _turns[(uint)HashCode.Combine(workspaceId, id) % (uint)_turns.Length];
        await turn.WaitAsync().ConfigureAwait(false);
        try
        {
            if (await store.Logs.FindAsync(workspaceId, id).ConfigureAwait(false) is not null)
                return await pipeline.SubmitAsync(submission).ConfigureAwait(false); // finds out whether it is the same

            IReadOnlyList<MediaFile?> sources = await writer.FindSourcesAsync(workspaceId, sent).ConfigureAwait(false);
            FieldError[] missing = [.. sent.Where((attachment, index) => attachment.Key is not null && sources[index] is null)
                .Select(static attachment => new FieldError(attachment.Field, "is not there: uploads last 24 hours, other files as long as their log"))];
            if (missing.Length > 0)
                return new SubmissionResult { Outcome = SubmissionOutcome.Invalid, Errors = missing };

            bool fetched = sent.Any(static attachment => attachment.Source == AttachmentSource.Url);
            if (fetched)
                await fetches.IntendAsync(workspaceId, id).ConfigureAwait(false);
            Attachment[] attachments = await writer.StoreAsync(workspaceId, id, sent, sources).ConfigureAwait(false);
            SubmissionResult result = await pipeline.SubmitAsync(submission with { Attachments = attachments }).ConfigureAwait(false);
            if (result.Outcome == SubmissionOutcome.Accepted)
                await writer.DeleteAsync(workspaceId, sent.Where(IsStaged).Select(static attachment => attachment.Identity)).ConfigureAwait(false);
            else
                await TakeBackAsync(workspaceId, id, attachments, result, fetched).ConfigureAwait(false);
            return result;
        }
        finally
        {
            turn.Release();
        }
    }

    // Another submission without files has taken the id meanwhile, or the fields turned out to be bad.
    private async ValueTask TakeBackAsync(string workspaceId, string logId, Attachment[] attachments, SubmissionResult result, bool fetched)
    {
        IEnumerable<string> ours = attachments.Select(static attachment => attachment.Key).OfType<string>();
        IEnumerable<string> theirs = result.Log?.Attachments.Select(static attachment => attachment.Key).OfType<string>() ?? [];
        await writer.DeleteAsync(workspaceId, ours.Except(theirs)).ConfigureAwait(false);
        if (fetched && result.Log?.Attachments.Any(AttachmentFetcher.IsWaiting) != true)
            await fetches.ForgetAsync(workspaceId, logId).ConfigureAwait(false);
    }

    private static bool IsStaged(SentAttachment attachment) => attachment.Source == AttachmentSource.Uploaded;

    private async ValueTask WaitAsync(Task fetching, TimeSpan wait, long started)
    {
        TimeSpan left = wait == Timeout.InfiniteTimeSpan ? wait : wait - time.GetElapsedTime(started);
        try
        {
            if (left > TimeSpan.Zero || left == Timeout.InfiniteTimeSpan)
                await fetching.WaitAsync(left, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // It goes on behind the answer.
        }
    }
}
