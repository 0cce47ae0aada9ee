using System.Text.Json;

namespace Tracira.Server.Api;

/// <summary>Reads a request's body as one JSON object, or answers why it cannot.</summary>
internal static class RequestJson
{
    /// <summary>The body, or null where the error has been answered already.</summary>
    public static async ValueTask<JsonDocument?> ReadAsync(HttpContext http)
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

        try
        {
            JsonDocument document = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted).ConfigureAwait(false);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
            await InvalidAsync(http, "The body must be a JSON object.").ConfigureAwait(false);
        }
        catch (JsonException exception)
        {
            await InvalidAsync(
                http,
                $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1} (at most 64 levels deep).")
                .ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await TooLargeAsync(http).ConfigureAwait(false);
        }

        return null;
    }

    private static Task InvalidAsync(HttpContext http, string sentence) =>
        Answers.Error(http, StatusCodes.Status400BadRequest, "invalid_json", sentence);

    private static Task TooLargeAsync(HttpContext http) => Answers.Error(
        http, StatusCodes.Status413PayloadTooLarge, "payload_too_large", "The body is too large; see Limits:BodyBytes in the settings.");
}
