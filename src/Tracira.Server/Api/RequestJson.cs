using System.Globalization;
using System.IO.Pipelines;
using System.Text.Json;

namespace Tracira.Server.Api;

/// <summary>A request's body as one JSON object. Its memory is the connection's own: dispose of it when the answer is made.</summary>
internal sealed class RequestJson : IDisposable
{
    private readonly JsonDocument _document;
    private readonly PipeReader _body;
    private readonly SequencePosition _end;

    private RequestJson(JsonDocument document, PipeReader body, SequencePosition end)
    {
        _document = document;
        _body = body;
        _end = end;
    }

    /// <summary>The object.</summary>
    public JsonElement Root => _document.RootElement;

    /// <summary>Reads the body.</summary>
    /// <param name="http">The request.</param>
    /// <param name="maxBytes">The largest body that is read.</param>
    /// <returns>The body, or null where the error has been answered already.</returns>
    public static async ValueTask<RequestJson?> ReadAsync(HttpContext http, long maxBytes)
    {
        if (!http.Request.HasJsonContentType())
        {
            await Answers.Error(
                http,
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "The body must be JSON: send the header Content-Type: application/json.").ConfigureAwait(false);
            return null;
        }

        PipeReader body = http.Request.BodyReader;
        ReadResult read = await ReadToEndAsync(http, body, maxBytes).ConfigureAwait(false);
        if (read.Buffer.Length > maxBytes || http.Request.ContentLength > maxBytes)
        {
            body.AdvanceTo(read.Buffer.End);
            await Answers.Error(
                http,
                StatusCodes.Status413PayloadTooLarge,
                "payload_too_large",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The body is larger than {maxBytes:N0} bytes, the most that is accepted (setting Limits:BodyBytes).")).ConfigureAwait(false);
            return null;
        }

        string fault = "The body must be a JSON object.";
        try
        {
            var document = JsonDocument.Parse(read.Buffer);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new RequestJson(document, body, read.Buffer.End);
            document.Dispose();
        }
        catch (JsonException exception)
        {
            fault = $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} (at most 64 levels deep).";
        }

        body.AdvanceTo(read.Buffer.End);
        await Answers.Error(http, StatusCodes.Status400BadRequest, "invalid_json", fault).ConfigureAwait(false);
        return null;
    }

    public void Dispose()
    {
        _document.Dispose();
        _body.AdvanceTo(_end);
    }

    private static async ValueTask<ReadResult> ReadToEndAsync(HttpContext http, PipeReader body, long maxBytes)
    {
        while (true)
        {
            ReadResult read = await body.ReadAsync(http.RequestAborted).ConfigureAwait(false);
            if (read.IsCompleted || read.Buffer.Length > maxBytes || http.Request.ContentLength > maxBytes)
                return read;
            body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
