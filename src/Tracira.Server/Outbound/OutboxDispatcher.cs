using System.Collections.Concurrent;
using System.Diagnostics;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>
/// Delivers what waits in the outbox, at least once: an attempt whose outcome is not on disk when the process ends is made again. One loop
/// decides who is next; the attempts run beside it.
/// </summary>
internal sealed partial class OutboxDispatcher(
    ITraciraStore store,
    IEnumerable<IMessageSender> senders,
    SubscriptionHealth subscriptions,
    ServerOptions options,
    TimeProvider time,
    ILogger<OutboxDispatcher> logger) : BackgroundService
{
    private const int ClaimLimit = 256;
    private const int MaxKnownLanes = 10_000;

    // Past its own time limit an attempt has only its outcome to record.
    private static readonly TimeSpan LeaseSlack = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    // New messages are told of; this is for stores that others write to, and for clocks that are set.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(1);

    private readonly IMessageSender[] _senders = [.. senders];
    private readonly DeliverySchedule _schedule = new(options.Outbound, Random.Shared.NextDouble);
    private readonly DispatchLanes _lanes = new(options.Outbound.Concurrency, options.Outbound.ConcurrencyPerHost);
    private readonly ConcurrentQueue<(string Lane, bool? Succeeded)> _ended = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly CancellationTokenSource _givingUp = new();

    public override void Dispose()
    {
        _wake.Dispose();
        _givingUp.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Delivers)
            return;
        using var metrics = new OutboxMetrics(store.Outbox);
        store.Outbox.Added += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
                await DispatchAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // No new attempts; those under way may end.
        }
        finally
        {
            store.Outbox.Added -= Wake;
            await LetEndAsync().ConfigureAwait(false);
        }
    }

    private async Task DispatchAsync(CancellationToken stoppingToken)
    {
        NoteEnded();
        DateTimeOffset? next = null;
        if (_lanes.Free > 0)
        {
            try
            {
                next = await BeginAsync(stoppingToken).ConfigureAwait(false);
            }
            catch (StoreUnavailableException exception)
            {
                LogStoreUnavailable(logger, exception);
            }
        }

        TimeSpan sleep = next is { } due ? due - time.GetUtcNow() : LongestSleep;
        if (sleep > TimeSpan.Zero)
            await _wake.WaitAsync(sleep < LongestSleep ? sleep : LongestSleep, stoppingToken).ConfigureAwait(false);
    }

    // Begins what is due and has room, and says when there is more.
    private async Task<DateTimeOffset?> BeginAsync(CancellationToken stoppingToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var claim = new OutboxClaim(
            now, now + options.Outbound.Timeout + LeaseSlack, Math.Min(_lanes.Free, ClaimLimit), DispatchLanes.LimitOfUnknown, _lanes.Limits());
        ClaimedDeliveries claimed = await store.Outbox.ClaimAsync(claim, stoppingToken).ConfigureAwait(false);
        foreach (Delivery delivery in claimed.Deliveries)
        {
            _lanes.Begin(delivery.Message.Lane);
            _ = Task.Run(() => DeliverAsync(delivery), CancellationToken.None);
        }

        return claimed.NextDue;
    }

    private async Task DeliverAsync(Delivery delivery)
    {
        bool? succeeded = null;
        try
        {
            succeeded = await AttemptAsync(delivery).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_givingUp.IsCancellationRequested)
        {
            // The server stops; the message is sent again when it starts.
        }
        catch (Exception exception)
        {
            LogNotRecorded(logger, delivery.Message.Id, exception);
        }

        _ended.Enqueue((delivery.Message.Lane, succeeded));
        Wake();
    }

    /// <returns>Whether the host answered as it should; null where it was not asked.</returns>
    private async Task<bool?> AttemptAsync(Delivery delivery)
    {
        OutboxMessage message = delivery.Message;
        if (await store.Logs.FindAsync(message.WorkspaceId, message.LogId, _givingUp.Token).ConfigureAwait(false) is not { } log)
            return null; // the message goes with it
        using Activity? activity = OutboxMetrics.Activities.StartActivity("tracira.deliver", ActivityKind.Client);
        long started = time.GetTimestamp();
        SendResult result = await SendAsync(message, log).ConfigureAwait(false);
        OutboxMetrics.Note(result.Outcome, time.GetElapsedTime(started));
        Delivery after = _schedule.After(delivery, result, time.GetUtcNow());
        await store.Outbox.RecordAsync(after, CancellationToken.None).ConfigureAwait(false);
        if (after.State == DeliveryState.Dead)
            LogDead(logger, message.Id, message.Event, message.LogId, after.Attempts, after.Error);
        await subscriptions.NoteAsync(after).ConfigureAwait(false);
        return result.Outcome != SendOutcome.Retry;
    }

    private async Task<SendResult> SendAsync(OutboxMessage message, Log log)
    {
        if (Array.Find(_senders, sender => sender.Serves(message.Url)) is not { } sender)
            return SendResult.Gone("Nothing here delivers to addresses of this kind.");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_givingUp.Token);
        limit.CancelAfter(options.Outbound.Timeout);
        try
        {
            return await sender.SendAsync(message, log, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_givingUp.IsCancellationRequested)
        {
            return SendResult.Retry($"It did not answer within {options.Outbound.Timeout.TotalSeconds:0} seconds.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return SendResult.Retry(exception.Message);
        }
    }

    private void NoteEnded()
    {
        while (_ended.TryDequeue(out (string Lane, bool? Succeeded) attempt))
            _lanes.End(attempt.Lane, attempt.Succeeded);
        if (_lanes.Known > MaxKnownLanes)
            _lanes.ForgetIdle();
    }

    private async Task LetEndAsync()
    {
        DateTimeOffset until = time.GetUtcNow() + StopPatience;
        while (true)
        {
            NoteEnded();
            if (_lanes.UnderWay == 0)
                return;
            if (time.GetUtcNow() >= until)
                await _givingUp.CancelAsync().ConfigureAwait(false);
            await _wake.WaitAsync(TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        }
    }

    private void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    [LoggerMessage(1, LogLevel.Error, "The outbox cannot be read; it is tried again")]
    private static partial void LogStoreUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "What came of sending message {MessageId} could not be recorded; it is sent again")]
    private static partial void LogNotRecorded(ILogger logger, string messageId, Exception exception);

    [LoggerMessage(3, LogLevel.Warning, "Message {MessageId} ({Event} of log {LogId}) is dead after {Attempts} attempts: {Error}")]
    private static partial void LogDead(ILogger logger, string messageId, string @event, string logId, int attempts, string? error);
}
