using System.Collections.Concurrent;
using System.Globalization;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Limits how often a workspace may send logs and try out rules.</summary>
internal sealed class RateLimits(ServerOptions options, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<string, SlidingWindow> _logs = new();
    private readonly ConcurrentDictionary<string, SlidingWindow> _evaluations = new();

    /// <summary>Takes a permit to send a log, and says so in the answer's headers; answers 429 where there is none.</summary>
    /// <returns>Whether the request may go on.</returns>
    public ValueTask<bool> TryTakeLogAsync(HttpContext http, string workspaceId) =>
        TryTakeAsync(http, _logs, workspaceId, options.LogsPerMinute);

    /// <summary>The same for trying out a rule.</summary>
    public ValueTask<bool> TryTakeEvaluationAsync(HttpContext http, string workspaceId) =>
        TryTakeAsync(http, _evaluations, workspaceId, options.EvaluationsPerMinute);

    private async ValueTask<bool> TryTakeAsync(HttpContext http, ConcurrentDictionary<string, SlidingWindow> windows, string workspaceId, int limit)
    {
        if (limit == 0)
            return true;
        SlidingWindow.Permit permit = windows.GetOrAdd(workspaceId, _ => new SlidingWindow(limit, Minute, time)).Take();
        IHeaderDictionary headers = http.Response.Headers;
        headers["RateLimit-Limit"] = permit.Limit.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = permit.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = ((int)Math.Ceiling(permit.Reset.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (permit.Granted)
            return true;
        headers.RetryAfter = "60";
        await Answers.Error(
            http,
            StatusCodes.Status429TooManyRequests,
            "rate_limited",
            "Too many requests. Please slow down and try again shortly.").ConfigureAwait(false);
        return false;
    }
}
