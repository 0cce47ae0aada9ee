using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Api;

/// <summary>Files that are sent before the log they belong to.</summary>
internal sealed class UploadEndpoints(ITraciraStore store, SignedLinks links, ServerOptions options, TimeProvider time)
{
    private const long MaxBytes = 32 * 1024 * 1024;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private static readonly string[] Parameters = ["filename", "contentType", "maxBytes"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/uploads", Create)
            .Requires(Permissions.Ingest)
            .Describe("createUpload", "Uploads", "Get a link to upload a file by, for a log to come")
            .Takes<UploadBody>()
            .Returns<UploadAnswer>(201)
            .Fails(400, 401, 403, 413, 415, 503);
        routes.MapPut("/uploads/{**key}", Receive).AllowAnonymous().ExcludeFromDescription();
    }

    private async Task Create(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string filename = MediaName.Clean(fields.Text("filename"));
        string? contentType = fields.Text("contentType");
        double? size = fields.Number("sizeBytes");
        if (!MediaKind.IsKept(contentType))
            fields.Fault("contentType", MediaKind.Refusal);
        if (size is { } number && !(number >= 1 && number == Math.Floor(number)))
            fields.Fault("sizeBytes", "must be a whole number of bytes, 1 or more");
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        if (size > MaxBytes)
        {
            await Answers.TooLarge(http, [new("sizeBytes", $"is more than {MaxBytes:N0}, the most that is accepted")]).ConfigureAwait(false);
            return;
        }

        contentType = string.IsNullOrWhiteSpace(contentType) ? MediaKind.Unknown : contentType.Trim();
        string workspaceId = Caller.Of(http).Workspace.Id;
        string key = MediaKey.OfUpload(workspaceId, Guid.CreateVersion7(time.GetUtcNow()).ToString(), filename).ToString();
        string limit = ((long?)size ?? MaxBytes).ToString(CultureInfo.InvariantCulture);
        string link = await links
            .CreateAsync("PUT", $"/uploads/{key}", Lifetime, ("filename", filename), ("contentType", contentType), ("maxBytes", limit)).ConfigureAwait(false);
        var headers = new Dictionary<string, string> { ["Content-Type"] = contentType };
        var answer = new UploadAnswer(http.Absolute(options, link), key, contentType, "PUT", headers, (int)Lifetime.TotalSeconds, MaxBytes);
        await Answers.Json(http, 201, answer, ApiJson.Wire.UploadAnswer).ConfigureAwait(false);
    }

    private async Task Receive(HttpContext http)
    {
        IQueryCollection query = http.Request.Query;
        if (!await links.IsGoodAsync(http, "PUT", Parameters).ConfigureAwait(false)
            || MediaKey.Parse((string?)http.Request.RouteValues["key"]) is not { IsUpload: true } key)
        {
            await MediaEndpoints.BadLink(http).ConfigureAwait(false);
            return;
        }

        long maxBytes = long.Parse(query["maxBytes"]!, CultureInfo.InvariantCulture);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = 2 * MaxBytes; // the store holds the body to its size; what is far too large is not read at all
        if (http.Request.ContentLength > maxBytes)
        {
            await TooLarge(http, maxBytes).ConfigureAwait(false);
            return;
        }

        PeekedStream content = await PeekedStream.OpenAsync(http.Request.Body, MediaKind.HeadBytes, http.RequestAborted).ConfigureAwait(false);
        await using (content.ConfigureAwait(false))
        {
            string filename = query["filename"].ToString();
            if (MediaKind.Detect(content.Head, query["contentType"], filename) is not { } type)
            {
                await Answers.Error(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", $"The file {MediaKind.Refusal}.").ConfigureAwait(false);
                return;
            }

            var file = new MediaFile(key.WorkspaceId, key.ToString(), filename, type, 0, time.GetUtcNow());
            MediaFile? kept = await store.Media.SaveAsync(file, content, maxBytes, http.RequestAborted).ConfigureAwait(false);
            await (kept is null ? TooLarge(http, maxBytes) : Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer)).ConfigureAwait(false);
        }
    }

    private static Task TooLarge(HttpContext http, long maxBytes) => Answers.Error(
        http,
        StatusCodes.Status413PayloadTooLarge,
        "payload_too_large",
        string.Create(CultureInfo.InvariantCulture, $"The file is larger than {maxBytes:N0} bytes, the most that this link is good for."));
}
