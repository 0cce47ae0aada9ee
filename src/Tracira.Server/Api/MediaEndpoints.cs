using System.Buffers;
using Microsoft.Net.Http.Headers;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>The files of logs: who may read a log gets a link, and whoever has the link gets the file.</summary>
internal sealed class MediaEndpoints(ITraciraStore store, SignedLinks links, ServerOptions options)
{
    // Whatever a file turns out to be, a browser runs nothing of it and lets it reach nothing.
    private const string ContentPolicy = "sandbox; default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly string[] Methods = ["GET", "HEAD"];
    private static readonly string[] Parameters = ["download", "filename"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/media/{**key}", Redirect)
            .Requires(Permissions.Read)
            .Describe("getMedia", "Media", "Redirect to a signed media URL")
            .TakesPath("key", "the whole key, such as workspaceId/logId/0-file.pdf")
            .TakesQuery(("download", "1 to have it saved rather than shown"))
            .Redirects()
            .Fails(401, 403, 404);
        routes.MapGet("/api/media-url", GetUrl)
            .Requires(Permissions.Read)
            .Describe("getMediaUrl", "Media", "Get a signed media URL")
            .TakesQuery(("source", "the key of a file, or its address on this server"), ("filename", "what it shall be called"))
            .Returns<MediaUrlAnswer>(200)
            .Fails(400, 401, 403, 404);
        routes.MapMethods("/media/{**key}", Methods, Serve).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>Answers whoever comes with a link that was tampered with or has expired.</summary>
    public static Task BadLink(HttpContext http) =>
        Answers.Error(http, StatusCodes.Status403Forbidden, "forbidden", "This link is not good, or no longer. Ask for a new one.");

    private async Task Redirect(HttpContext http)
    {
        MediaKey? key = MediaKey.Parse((string?)http.Request.RouteValues["key"]);
        if (await FindAsync(http, key).ConfigureAwait(false) is not { } file)
        {
            await Answers.NotFound(http, "file").ConfigureAwait(false);
            return;
        }

        string? download = http.Request.Query["download"] == "1" ? "1" : null;
        string link = await LinkAsync(file, download, null).ConfigureAwait(false);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect(options.PublicUrl + link);
    }

    private async Task GetUrl(HttpContext http)
    {
        string? source = http.Request.Query["source"];
        if (string.IsNullOrWhiteSpace(source))
        {
            await Answers.Invalid(http, [new("source", "is required: the key of a file, or its address on this server")]).ConfigureAwait(false);
            return;
        }

        if (await FindAsync(http, MediaKey.ParseSource(source.Trim())).ConfigureAwait(false) is not { } file)
        {
            await Answers.NotFound(http, "file").ConfigureAwait(false);
            return;
        }

        string? renamed = http.Request.Query["filename"];
        string filename = string.IsNullOrWhiteSpace(renamed) ? file.Filename : MediaName.Clean(renamed);
        string link = await LinkAsync(file, null, filename == file.Filename ? null : filename).ConfigureAwait(false);
        var answer = new MediaUrlAnswer(http.Absolute(options, link), file.Key, filename, file.ContentType);
        await Answers.Json(http, 200, answer, ApiJson.Wire.MediaUrlAnswer).ConfigureAwait(false);
    }

    private async Task Serve(HttpContext http)
    {
        if (!await links.IsGoodAsync(http, "GET", Parameters).ConfigureAwait(false)
            || MediaKey.Parse((string?)http.Request.RouteValues["key"]) is not { } key)
        {
            await BadLink(http).ConfigureAwait(false);
            return;
        }

        MediaFile? file = await store.Media.FindAsync(key.WorkspaceId, key.ToString(), http.RequestAborted).ConfigureAwait(false);
        Stream? content = file is null ? null : await store.Media.OpenAsync(key.WorkspaceId, file.Key, http.RequestAborted).ConfigureAwait(false);
        if (file is null || content is null)
        {
            await Answers.NotFound(http, "file").ConfigureAwait(false);
            return;
        }

        await using (content.ConfigureAwait(false))
        {
            WriteHeaders(http, file);
            (long from, long length) = ReadRange(http, file.Bytes);
            if (HttpMethods.IsHead(http.Request.Method) || http.Response.StatusCode == StatusCodes.Status416RangeNotSatisfiable)
                return;
            await CopyAsync(content, from, length, http).ConfigureAwait(false);
        }
    }

    private async ValueTask<MediaFile?> FindAsync(HttpContext http, MediaKey? key)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        if (key is null || key.WorkspaceId != workspaceId)
            return null;
        if (!key.IsUpload && await store.Logs.FindAsync(workspaceId, key.OwnerId, http.RequestAborted).ConfigureAwait(false) is null)
            return null;
        return await store.Media.FindAsync(workspaceId, key.ToString(), http.RequestAborted).ConfigureAwait(false);
    }

    private ValueTask<string> LinkAsync(MediaFile file, string? download, string? filename) =>
        links.CreateAsync("GET", $"/media/{file.Key}", Lifetime, ("download", download), ("filename", filename));

    private static void WriteHeaders(HttpContext http, MediaFile file)
    {
        IQueryCollection query = http.Request.Query;
        bool shown = MediaKind.CanBeShown(file.ContentType) && query["download"] != "1";
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(query["filename"] is [{ Length: > 0 } renamed, ..] ? renamed : file.Filename);
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentType = file.ContentType;
        headers.ContentDisposition = disposition.ToString();
        headers.ContentSecurityPolicy = ContentPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = $"private, max-age={(int)Lifetime.TotalSeconds}";
        headers.AcceptRanges = "bytes";
    }

    // One range is answered as one; several, or what cannot be understood, by the whole file, as the standard allows.
    private static (long From, long Length) ReadRange(HttpContext http, long size)
    {
        HttpResponse response = http.Response;
        (long from, long length) = (0, size);
        if (http.Request.GetTypedHeaders().Range is { Unit.Value: "bytes", Ranges: { Count: 1 } ranges })
        {
            RangeItemHeaderValue range = ranges.First();
            from = range.From ?? Math.Max(0, size - range.To!.Value);
            long to = range.From is null ? size - 1 : Math.Min(range.To ?? size - 1, size - 1);
            response.StatusCode = from <= to ? StatusCodes.Status206PartialContent : StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = from <= to ? $"bytes {from}-{to}/{size}" : $"bytes */{size}";
            length = Math.Max(0, to - from + 1);
        }

        response.ContentLength = length;
        return (from, length);
    }

    private static async Task CopyAsync(Stream content, long skip, long length, HttpContext http)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (length > 0)
            {
                int wanted = (int)Math.Min(buffer.Length, skip > 0 ? skip : length);
                int read = await content.ReadAsync(buffer.AsMemory(0, wanted), http.RequestAborted).ConfigureAwait(false);
                if (read == 0)
                    return; // the file was deleted while it was being sent; the length that was promised tells the client
                if (skip > 0)
                {
                    skip -= read;
                    continue;
                }

                await http.Response.Body.WriteAsync(buffer.AsMemory(0, read), http.RequestAborted).ConfigureAwait(false);
                length -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
