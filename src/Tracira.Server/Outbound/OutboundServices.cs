using Tracira.Server.Api;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

internal static class OutboundServices
{
    /// <summary>Adds who wants to hear of logs.</summary>
    public static IServiceCollection AddReceivers(this IServiceCollection services)
    {
        services.AddSingleton(static provider => new WorkspaceDocument<IReadOnlyList<Subscription>>(
            provider.GetRequiredService<ITraciraStore>().Records, "subscriptions", ApiJson.Wire.IReadOnlyListSubscription, []));
        services.AddSingleton<EventReceivers>();
        services.AddSingleton<IEventReceivers>(static provider => provider.GetRequiredService<EventReceivers>());
        services.AddSingleton<SubscriptionDirectory>();
        return services;
    }
}
