using System.Globalization;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Limits how often a workspace may send logs, try out rules, rotate its token and send tests.</summary>
internal sealed class RateLimits(ServerOptions options, IRateLimiter limiter)
{
    private readonly RateLimit _logs = new("logs", options.LogsPerMinute, TimeSpan.FromMinutes(1));
    private readonly RateLimit _evaluations = new("evaluations", options.EvaluationsPerMinute, TimeSpan.FromMinutes(1));
    private readonly RateLimit _rotations = new("rotations", 5, TimeSpan.FromHours(1));
    private readonly RateLimit _tests = new("tests", 20, TimeSpan.FromMinutes(1));

    /// <summary>Takes permits to send logs, and says so in the answer's headers; answers 429, and takes none, where there are fewer.</summary>
    /// <returns>Whether the request may go on.</returns>
    public ValueTask<bool> TryTakeLogAsync(HttpContext http, string workspaceId, int logs = 1) =>
        TryTakeAsync(http, _logs, workspaceId, logs, retryAfter: 60); // as the hosted product's documentation says, however soon there is room again

    /// <summary>The same for trying out a rule.</summary>
    public ValueTask<bool> TryTakeEvaluationAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _evaluations, workspaceId);

    /// <summary>The same for rotating the token.</summary>
    public ValueTask<bool> TryTakeRotationAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _rotations, workspaceId);

    /// <summary>The same for sending tests to Slack, by mail and to the webhook.</summary>
    public ValueTask<bool> TryTakeTestAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _tests, workspaceId);

    private async ValueTask<bool> TryTakeAsync(HttpContext http, RateLimit limit, string workspaceId, int permits = 1, int? retryAfter = null)
    {
        if (limit.Requests == 0)
            return true;
        RatePermit permit = await limiter.TakeAsync(limit, workspaceId, permits, http.RequestAborted).ConfigureAwait(false);
        int reset = (int)Math.Ceiling(permit.Reset.TotalSeconds);
        IHeaderDictionary headers = http.Response.Headers;
        headers["RateLimit-Limit"] = limit.Requests.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = permit.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        if (permit.Granted)
            return true;
        headers.RetryAfter = (retryAfter ?? reset).ToString(CultureInfo.InvariantCulture);
        await Answers.Error(
            http,
            StatusCodes.Status429TooManyRequests,
            "rate_limited",
            "Too many requests. Please slow down and try again shortly.").ConfigureAwait(false);
        return false;
    }
}
