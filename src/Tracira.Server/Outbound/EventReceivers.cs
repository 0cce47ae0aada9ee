using System.Collections.Concurrent;
using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

/// <summary>
/// Who wants to hear of a workspace's logs: its subscriptions, its outbound webhook, and its people in Slack and by mail. All in memory,
/// because every log asks; whoever changes a subscription or the settings has them read anew before the change is answered.
/// </summary>
internal sealed class EventReceivers(
    ITraciraStore store,
    WorkspaceDocument<WorkspaceSettings> settings,
    WorkspaceDocument<IReadOnlyList<Subscription>> subscriptions,
    ServerOptions options) : IEventReceivers, IDisposable
{
    private const string Evaluated = "log.evaluated";
    private readonly ConcurrentDictionary<string, Receiver[]> _receivers = new();
    private readonly SemaphoreSlim _loading = new(1, 1);

    /// <summary>Reads the receivers of every workspace. To be called before the first log comes in.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        foreach (Workspace workspace in await store.Workspaces.ListAsync(cancellationToken).ConfigureAwait(false))
            await ReloadAsync(workspace.Id).ConfigureAwait(false);
    }

    /// <summary>Reads the receivers of a workspace anew.</summary>
    public async Task ReloadAsync(string workspaceId)
    {
        // One at a time: a reload that began before a change must not overwrite the one that came after it.
        await _loading.WaitAsync().ConfigureAwait(false);
        try
        {
            WorkspaceSettings set = await settings.GetAsync(workspaceId).ConfigureAwait(false);
            Receiver[] receivers =
            [
                .. (await subscriptions.GetAsync(workspaceId).ConfigureAwait(false)).Select(Receiver.Of),
                .. Receiver.Of(set),
                .. NotificationAddresses.Of(set, canMail: options.Mail is not null).Select(static address => new Receiver(address.Url, address.Events)),
            ];
            if (receivers.Length == 0)
                _receivers.TryRemove(workspaceId, out _);
            else
                _receivers[workspaceId] = receivers;
        }
        finally
        {
            _loading.Release();
        }
    }

    public IReadOnlyList<string> Find(Log log, string eventName)
    {
        if (!_receivers.TryGetValue(log.WorkspaceId, out Receiver[]? receivers))
            return [];
        LogEvents happened = LogEventNames.Of(log, eventName);
        return [.. receivers.Where(receiver => (receiver.Events & happened) != 0).Select(static receiver => receiver.Url).Distinct()];
    }

    // Nobody in Slack asked to hear of what passes, but a message there that says otherwise is brought up to date.
    public IReadOnlyList<string> FindLate(Log before, Log after)
    {
        IReadOnlyList<string> urls = Find(after, Evaluated);
        return after.Status == LogStatus.Pass ? [.. urls.Union(Find(before, Evaluated).Where(NotificationAddresses.CanBeUpdated))] : urls;
    }

    public void Dispose() => _loading.Dispose();

    private sealed record Receiver(string Url, LogEvents Events)
    {
        public static Receiver Of(Subscription subscription) => new(subscription.Url, LogEventNames.All.Parse(subscription.Events));

        public static Receiver[] Of(WorkspaceSettings settings) => settings.OutboundWebhookUrl is null || settings.WebhookEnabled == false
            ? []
            : [new(settings.OutboundWebhookUrl, LogEventNames.Webhook.Parse(settings.OutboundWebhookEvents ?? LogEventNames.Webhook.Names))];
    }
}
