using Tracira.Server.Api;

namespace Tracira.Server.Hosting;

/// <summary>Gives every response its request id, and every failure the contract's form.</summary>
internal sealed partial class ErrorAnswers(RequestDelegate next, IHostApplicationLifetime lifetime, ILogger<ErrorAnswers> logger)
{
    public async Task InvokeAsync(HttpContext http)
    {
        http.Response.Headers["X-Request-Id"] = http.TraceIdentifier;
        if (lifetime.ApplicationStopping.IsCancellationRequested && http.Request.Method != HttpMethods.Get)
        {
            await Answers.Unavailable(http, "The server is shutting down; nothing was accepted.").ConfigureAwait(false);
            return;
        }

        try
        {
            await next(http).ConfigureAwait(false);
            if (http.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null })
                await Bare(http).ConfigureAwait(false);
        }
        catch (StoreUnavailableException exception) when (!http.Response.HasStarted)
        {
            LogUnavailable(logger, exception.Message);
            await Answers.Unavailable(http, exception.Message).ConfigureAwait(false);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await Answers.Error(http, exception.StatusCode, "invalid_request", exception.Message).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client is gone; there is nobody to answer.
        }
        catch (Exception exception) when (!http.Response.HasStarted)
        {
            LogBroken(logger, http.Request.Method, http.Request.Path, exception);
            await Answers.Error(
                http,
                StatusCodes.Status500InternalServerError,
                "internal",
                $"The server failed. Its log tells more under the request id {http.TraceIdentifier}.").ConfigureAwait(false);
        }
    }

    // What routing refuses on its own comes without a body.
    private static Task Bare(HttpContext http) => http.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound => Answers.Error(
            http, 404, "not_found", $"There is no {http.Request.Method} {http.Request.Path}. /openapi/v1.json lists what there is."),
        StatusCodes.Status405MethodNotAllowed => Answers.Error(
            http, 405, "method_not_allowed", $"{http.Request.Path} does not take {http.Request.Method}, but {http.Response.Headers.Allow}."),
        StatusCodes.Status415UnsupportedMediaType => Answers.Error(
            http, 415, "unsupported_media_type", "The body must be JSON: send the header Content-Type: application/json."),
        int status => Answers.Error(http, status, "invalid_request", $"The request was refused with status {status}."),
    };

    [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed")]
    private static partial void LogBroken(ILogger logger, string method, string path, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "A request was refused: {Reason}")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
