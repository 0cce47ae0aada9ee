using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Text.Json;

namespace Tracira.Server.Api;

/// <summary>
/// A request's body as one JSON object, compressed or not. Its memory is the connection's own: dispose of it when the answer is made.
/// </summary>
internal sealed class RequestJson : IDisposable
{
    private const int BufferSize = 64 * 1024;
    private readonly JsonDocument _document;
    private readonly Source _body;
    private readonly SequencePosition _end;

    private RequestJson(JsonDocument document, Source body, SequencePosition end)
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

        if (Open(http) is not { } body)
        {
            await Answers.Error(
                http,
                StatusCodes.Status415UnsupportedMediaType,
                "unsupported_media_type",
                "The body may be compressed with gzip, br or deflate, once, or not at all.").ConfigureAwait(false);
            return null;
        }

        string fault = "The body must be a JSON object.";
        ReadResult read = default;
        try
        {
            read = await ReadToEndAsync(http, body.Reader, maxBytes).ConfigureAwait(false);
            if (read.Buffer.Length > maxBytes || http.Request.ContentLength > maxBytes)
            {
                body.Release(read.Buffer.End);
                await Answers.Error(
                    http,
                    StatusCodes.Status413PayloadTooLarge,
                    "payload_too_large",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The body is larger than {maxBytes:N0} bytes, the most that is accepted (setting Limits:BodyBytes).")).ConfigureAwait(false);
                return null;
            }

            var document = JsonDocument.Parse(read.Buffer);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return new RequestJson(document, body, read.Buffer.End);
            document.Dispose();
        }
        catch (JsonException exception)
        {
            fault = $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} (at most 64 levels deep).";
        }
        catch (Exception exception) when (body.IsOurs && exception is InvalidDataException or InvalidOperationException)
        {
            // The one is what gzip and deflate throw, the other what Brotli does.
            fault = $"The body is not compressed as its header Content-Encoding says: {http.Request.Headers.ContentEncoding}.";
        }

        body.Release(read.Buffer.End);
        await Answers.Error(http, StatusCodes.Status400BadRequest, "invalid_json", fault).ConfigureAwait(false);
        return null;
    }

    public void Dispose()
    {
        _document.Dispose();
        _body.Release(_end);
    }

    // What is read is what comes out: a small body that grows beyond all limits is given up at the limit.
    private static Source? Open(HttpContext http)
    {
        Stream body = http.Request.Body;
        return http.Request.Headers.ContentEncoding.ToString().Trim().ToLowerInvariant() switch
        {
            "" or "identity" => new Source(http.Request.BodyReader, false),
            "gzip" or "x-gzip" => Unpacked(new GZipStream(body, CompressionMode.Decompress)),
            "br" => Unpacked(new BrotliStream(body, CompressionMode.Decompress)),
            "deflate" => Unpacked(new ZLibStream(body, CompressionMode.Decompress)),
            _ => null,
        };

        static Source Unpacked(Stream stream) => new(PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: BufferSize)), true);
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

    /// <summary>What the body is read from: the connection's own reader, or one of ours that unpacks what comes from it.</summary>
    private readonly record struct Source(PipeReader Reader, bool IsOurs)
    {
        public void Release(SequencePosition end)
        {
            if (IsOurs)
                Reader.Complete();
            else
                Reader.AdvanceTo(end);
        }
    }
}
