using System.Net;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;

namespace Tracira.Server.Media;

/// <summary>Fetches a log's attachment into the store, and says on it why where that cannot be.</summary>
internal sealed class AttachmentFetcher(ITraciraStore store, OutboundHttp http, ServerOptions options, TimeProvider time)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(2)];

    /// <summary>Whether an attachment is still to be fetched.</summary>
    public static bool IsWaiting(Attachment attachment) => attachment is { SourceUrl: not null, Key: null, Error: null };

    /// <summary>Fetches one; tries again where the trouble may pass.</summary>
    /// <returns>The attachment with its key, or with an error.</returns>
    /// <exception cref="StoreUnavailableException">The file cannot be kept now; the attachment stays to be fetched.</exception>
    /// <exception cref="OperationCanceledException">The server ends; the attachment stays to be fetched.</exception>
    public async Task<Attachment> FetchAsync(Log log, int index, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            (Attachment attachment, bool mayPass) = await TryAsync(log, index, cancellationToken).ConfigureAwait(false);
            if (!mayPass || attempt == Pauses.Length)
                return attachment;
            await Task.Delay(Pauses[attempt], time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(Attachment Attachment, bool MayPass)> TryAsync(Log log, int index, CancellationToken cancellationToken)
    {
        Attachment attachment = log.Attachments[index];
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(options.FetchTimeout);
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(attachment.SourceUrl!), limited.Token).ConfigureAwait(false);
            return response.IsSuccessStatusCode
                ? (await KeepAsync(log, index, response, limited.Token).ConfigureAwait(false), false)
                : Failed($"the address answered with status {(int)response.StatusCode}", MayPass(response.StatusCode));
        }
        catch (OutboundRefusedException exception)
        {
            return Failed(exception.Message, mayPass: false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed($"the address did not deliver the file within {options.FetchTimeout.TotalSeconds:0} seconds", mayPass: true);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or UriFormatException)
        {
            return Failed(exception.Message, mayPass: true);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException)
        {
            // The one is what gzip and deflate throw, the other what Brotli does.
            return Failed("the file came in a compression that cannot be read", mayPass: false);
        }

        (Attachment, bool) Failed(string error, bool mayPass) => (attachment with { Error = error }, mayPass);
    }

    private async Task<Attachment> KeepAsync(Log log, int index, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Attachment attachment = log.Attachments[index];
        string tooLarge = $"the file is larger than {options.AttachmentBytes:N0} bytes";
        if (response.Content.Headers.ContentLength > options.AttachmentBytes)
            return attachment with { Error = tooLarge };
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        PeekedStream content = await PeekedStream.OpenAsync(body, MediaKind.HeadBytes, cancellationToken).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            string? declared = response.Content.Headers.ContentType?.MediaType;
            if (MediaKind.Detect(content.Head, declared, attachment.Filename) is not { } type)
                return attachment with { Error = $"the file {MediaKind.Refusal}" };
            string key = MediaKey.OfLog(log.WorkspaceId, log.Id, index, attachment.Filename).ToString();
            var file = new MediaFile(log.WorkspaceId, key, attachment.Filename, type, 0, time.GetUtcNow());
            return await store.Media.SaveAsync(file, content, options.AttachmentBytes, cancellationToken).ConfigureAwait(false) is { } kept
                ? attachment with { Key = key, ContentType = type, Bytes = kept.Bytes }
                : attachment with { Error = tooLarge };
        }
    }

    private static bool MayPass(HttpStatusCode status) =>
        (int)status >= 500 || status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests;
}
