using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound;

/// <summary>Lets subscriptions go whose receiver says so with 410, or has failed for days.</summary>
internal sealed partial class SubscriptionHealth(
    SubscriptionDirectory subscriptions, ServerOptions options, TimeProvider time, ILogger<SubscriptionHealth> logger)
{
    // A receiver that is down for a few minutes is not worth a write.
    private const int AttemptsToMatter = 5;
    private const int GoneStatus = 410;

    /// <summary>Takes note of an attempt.</summary>
    /// <param name="attempt">The message as it is after the attempt.</param>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask NoteAsync(Delivery attempt)
    {
        OutboxMessage message = attempt.Message;
        IReadOnlyList<Subscription> known = await subscriptions.ListAsync(message.WorkspaceId, CancellationToken.None).ConfigureAwait(false);
        foreach (Subscription subscription in known)
        {
            if (subscription.Url == message.Url)
                await NoteAsync(subscription, attempt).ConfigureAwait(false);
        }
    }

    private async ValueTask NoteAsync(Subscription subscription, Delivery attempt)
    {
        string workspaceId = attempt.Message.WorkspaceId;
        if (attempt.State == DeliveryState.Delivered)
        {
            if (subscription.FailingSince is not null)
                await subscriptions.NoteFailingAsync(workspaceId, subscription.Id, since: null).ConfigureAwait(false);
            return;
        }

        bool isDead = time.GetUtcNow() - subscription.FailingSince >= options.Outbound.SubscriptionPatience;
        if (attempt.StatusCode == GoneStatus || (isDead && attempt.Attempts >= AttemptsToMatter))
        {
            if (await subscriptions.RemoveAsync(workspaceId, subscription.Id).ConfigureAwait(false) is not null)
                LogRemoved(logger, subscription.Id, workspaceId, attempt.StatusCode == GoneStatus ? "answered 410" : "has failed for days");
        }
        else if (subscription.FailingSince is null && attempt.Attempts >= AttemptsToMatter)
        {
            await subscriptions.NoteFailingAsync(workspaceId, subscription.Id, attempt.Message.CreatedAt).ConfigureAwait(false);
        }
    }

    [LoggerMessage(1, LogLevel.Information, "Subscription {SubscriptionId} of workspace {WorkspaceId} is removed: its receiver {Reason}")]
    private static partial void LogRemoved(ILogger logger, string subscriptionId, string workspaceId, string reason);
}
