using System.Globalization;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Limits how often a workspace may send logs, try out rules, rotate its token and send tests.</summary>
internal sealed class RateLimits(ServerOptions options, IRateLimiter limiter)
{
    // As the hosted product's documentation says, however soon there is room again.
    private const int LogsRetryAfter = 60;

    private readonly RateLimit _logs = new("logs", options.LogsPerMinute, TimeSpan.FromMinutes(1));
    private readonly RateLimit _evaluations = new("evaluations", options.EvaluationsPerMinute, TimeSpan.FromMinutes(1));
    private readonly RateLimit _rotations = new("rotations", 5, TimeSpan.FromHours(1));
    private readonly RateLimit _tests = new("tests", 20, TimeSpan.FromMinutes(1));

    /// <summary>What is told to whom has no permit.</summary>
    public static ApiError TooMany { get; } = new("Too many requests. Please slow down and try again shortly.", "rate_limited");

    /// <summary>Takes a permit to send a log, and says so in the answer's headers; answers 429 where there is none.</summary>
    /// <returns>Whether the request may go on.</returns>
    public async ValueTask<bool> TryTakeLogAsync(HttpContext http, string workspaceId) => await TakeLogsAsync(http, workspaceId, 1).ConfigureAwait(false) > 0;

    /// <summary>The same for several logs. Where there are fewer permits the answer's headers say as well when there are more.</summary>
    /// <returns>How many may go on; 0 where the request has been answered.</returns>
    public ValueTask<int> TakeLogsAsync(HttpContext http, string workspaceId, int logs) => TakeAsync(http, _logs, workspaceId, logs, LogsRetryAfter);

    /// <summary>The same for trying out a rule.</summary>
    public ValueTask<bool> TryTakeEvaluationAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _evaluations, workspaceId);

    /// <summary>The same for rotating the token.</summary>
    public ValueTask<bool> TryTakeRotationAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _rotations, workspaceId);

    /// <summary>The same for sending tests to Slack, by mail and to the webhook.</summary>
    public ValueTask<bool> TryTakeTestAsync(HttpContext http, string workspaceId) => TryTakeAsync(http, _tests, workspaceId);

    private async ValueTask<bool> TryTakeAsync(HttpContext http, RateLimit limit, string workspaceId) =>
        await TakeAsync(http, limit, workspaceId, 1, null).ConfigureAwait(false) > 0;

    private async ValueTask<int> TakeAsync(HttpContext http, RateLimit limit, string workspaceId, int permits, int? retryAfter)
    {
        if (limit.Requests == 0)
            return permits;
        RatePermit permit = await limiter.TakeAsync(limit, workspaceId, permits, http.RequestAborted).ConfigureAwait(false);
        int reset = (int)Math.Ceiling(permit.Reset.TotalSeconds);
        IHeaderDictionary headers = http.Response.Headers;
        headers["RateLimit-Limit"] = limit.Requests.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Remaining"] = permit.Remaining.ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = reset.ToString(CultureInfo.InvariantCulture);
        if (permit.Granted == permits)
            return permits;
        headers.RetryAfter = (retryAfter ?? reset).ToString(CultureInfo.InvariantCulture);
        if (permit.Granted == 0)
            await Answers.Error(http, StatusCodes.Status429TooManyRequests, TooMany).ConfigureAwait(false);
        return permit.Granted;
    }
}
