using System.Net;
using Tracira.Server.Api;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound;

internal static class OutboundServices
{
    /// <summary>Adds the one way out of the house, and its guard.</summary>
    public static IServiceCollection AddOutbound(this IServiceCollection services)
    {
        services.AddSingleton<OutboundGuard>();
        services.AddSingleton<HostResolver>(static (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken));
        services.AddSingleton<OutboundHttp>();
        return services;
    }

    /// <summary>Adds what delivers messages.</summary>
    public static IServiceCollection AddDispatcher(this IServiceCollection services)
    {
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<IMessageSender>(static provider => provider.GetRequiredService<WebhookSender>());
        services.AddSingleton<ITestableChannel>(static provider => provider.GetRequiredService<WebhookSender>());
        services.AddSingleton<SubscriptionHealth>();
        services.AddHostedService<OutboxDispatcher>();
        services.AddHostedService<DeliverySweep>();
        services.AddSingleton<DeliveryEndpoints>();
        return services;
    }

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
