using Tracira.Server.Api;

namespace Tracira.Server.Live;

internal static class LiveServices
{
    /// <summary>Has the store that is registered already tell listeners of what becomes of logs.</summary>
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<EventEndpoints>();
        ServiceDescriptor opening = services.Last(static service => service.ServiceType == typeof(ITraciraStore));
        services.Remove(opening);
        services.AddSingleton<ITraciraStore>(provider =>
            new LiveStore((ITraciraStore)opening.ImplementationFactory!(provider), provider.GetRequiredService<LiveFeed>()));
    }
}
