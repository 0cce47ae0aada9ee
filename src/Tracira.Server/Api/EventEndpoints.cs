using System.IO.Pipelines;
using System.Text;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Live;

namespace Tracira.Server.Api;

/// <summary>What happens in the workspace, as server-sent events, and who looks at what.</summary>
internal sealed class EventEndpoints(LiveFeed feed, ServerOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
{
    // Who may listen is asked again whenever a browser comes back, so it has to, now and then.
    private const int MaxSeconds = 600;

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/events", Listen)
            .Requires(Permissions.Read)
            .Describe("listenToEvents", "Events", "Hear of what happens in the workspace, as server-sent events: log, change, viewers")
            .TakesQuery(("seconds", $"1 to {MaxSeconds}: after how long the answer ends, for clients that come back; {MaxSeconds} unless given"))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(string), ["text/event-stream"]))
            .Fails(400, 401, 403);
        api.MapPut("/events/focus", Focus)
            .Requires(Permissions.Read)
            .Describe("setFocus", "Events", "Tell the others which log one looks at")
            .Takes<FocusBody>()
            .Returns<OkAnswer>(200)
            .Fails(400, 401, 403, 404, 413, 415, 503);
    }

    private async Task Listen(HttpContext http)
    {
        List<FieldError> errors = [];
        int seconds = new QueryReader(http.Request.Query, errors).Whole("seconds", MaxSeconds, MaxSeconds);
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        HttpResponse response = http.Response;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // or nginx keeps the events until there are enough of them
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        ending.CancelAfter(TimeSpan.FromSeconds(seconds));
        LiveListener listener = feed.Join(Caller.Of(http));
        try
        {
            // What is waited for outlives a heartbeat: asking anew each time would leave a waiter behind each time.
            Task<bool> next = listener.Events.WaitToReadAsync(ending.Token).AsTask();
            while (await IsDueAsync(next, ending.Token).ConfigureAwait(false))
            {
                Write(response.BodyWriter, listener);
                await response.BodyWriter.FlushAsync(ending.Token).ConfigureAwait(false);
                if (next.IsCompleted)
                    next = listener.Events.WaitToReadAsync(ending.Token).AsTask();
            }
        }
        catch (OperationCanceledException)
        {
            // The time is over, the server stops, or the page is gone.
        }
        finally
        {
            feed.Leave(listener);
        }
    }

    private async Task Focus(HttpContext http)
    {
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        string listener = fields.Required("listener");
        string? logId = fields.FilledText("logId");
        if (fields.Errors.Count > 0)
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
        else if (feed.Focus(Caller.Of(http), listener, logId))
            await Answers.Json(http, 200, new OkAnswer(), ApiJson.Wire.OkAnswer).ConfigureAwait(false);
        else
            await Answers.Error(http, 404, "not_found", "Nobody listens under this name. GET /api/events tells it first.").ConfigureAwait(false);
    }

    // Waits for the next event, or until it is time to show that the line is alive. False where the listener has been sent away.
    private async ValueTask<bool> IsDueAsync(Task<bool> next, CancellationToken cancellationToken)
    {
        try
        {
            return await next.WaitAsync(Heartbeat, time, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return true;
        }
    }

    private void Write(PipeWriter body, LiveListener listener)
    {
        bool any = false;
        for (; listener.Events.TryRead(out LiveEvent? happened); any = true)
            Write(body, happened);
        if (listener.TakeMissed())
        {
            // Whoever hears this asks for everything anew, but for this, which can only be heard.
            Write(body, new LiveEvent("missed", "{}"));
            Write(body, feed.ViewersOf(listener.WorkspaceId));
        }
        else if (!any)
            Encoding.UTF8.GetBytes(": alive\n\n", body);
    }

    private static void Write(PipeWriter body, LiveEvent happened) =>
        Encoding.UTF8.GetBytes($"event: {happened.Name}\ndata: {happened.Json}\n\n", body);
}

/// <summary>What is being looked at.</summary>
/// <param name="Listener">The name that the first event, <c>hello</c>, has told.</param>
internal sealed record FocusBody(string Listener)
{
    /// <summary>The log; null for none.</summary>
    public string? LogId { get; init; }
}
