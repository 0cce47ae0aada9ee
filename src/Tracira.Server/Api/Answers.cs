using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracira.Server.Api;

/// <summary>Writes answers and errors in the one form that the contract knows.</summary>
internal static class Answers
{
    private const string ContentType = "application/json; charset=utf-8";

    public static Task Json<T>(HttpContext http, int status, T body, JsonTypeInfo<T> type)
    {
        byte[] utf8 = JsonSerializer.SerializeToUtf8Bytes(body, type);
        HttpResponse response = http.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.ContentLength = utf8.Length;
        return response.Body.WriteAsync(utf8, 0, utf8.Length, http.RequestAborted);
    }

    /// <summary>The same for an answer that can be large: written piece by piece, its length not known beforehand.</summary>
    public static Task Stream<T>(HttpContext http, T body, JsonTypeInfo<T> type) =>
        http.Response.WriteAsJsonAsync(body, type, ContentType, http.RequestAborted);

    public static Task Error(HttpContext http, int status, ApiError error) => Json(http, status, error, ApiJson.Wire.ApiError);

    public static Task Error(HttpContext http, int status, string code, string sentence) => Error(http, status, new ApiError(sentence, code));

    public static Task Invalid(HttpContext http, IReadOnlyList<FieldError> errors) =>
        Error(http, StatusCodes.Status400BadRequest, ApiError.Invalid(errors));

    /// <summary>The same where all that is wrong with the fields is their size.</summary>
    public static Task TooLarge(HttpContext http, IReadOnlyList<FieldError> errors) =>
        Error(http, StatusCodes.Status413PayloadTooLarge, ApiError.Invalid(errors) with { Code = "payload_too_large" });

    public static Task NotFound(HttpContext http, string what) =>
        Error(http, StatusCodes.Status404NotFound, "not_found", $"There is no {what} of this id in the workspace.");

    public static Task Unavailable(HttpContext http, string sentence)
    {
        http.Response.Headers.RetryAfter = "5";
        return Error(http, StatusCodes.Status503ServiceUnavailable, "unavailable", sentence);
    }
}
