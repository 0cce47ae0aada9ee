using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Tracira;

/// <summary>Adds Tracira to an application's services.</summary>
public static class TraciraServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="LogPipeline"/>, <see cref="LogReviews"/>, <see cref="LogRevisions"/>, <see cref="RuleCatalog"/>,
    /// <see cref="ProjectDirectory"/> and the chosen <see cref="ITraciraStore"/>, and takes up pending logs when the host starts. Without a
    /// choice of store everything is kept in memory. An <see cref="IEventReceivers"/> among the services is asked who wants to hear of logs.
    /// </summary>
    public static IServiceCollection AddTracira(this IServiceCollection services, Action<TraciraBuilder>? configure = null)
    {
        configure?.Invoke(new TraciraBuilder(services));
        services.TryAddSingleton<ITraciraStore>(static _ => new InMemoryStore());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PipelineOptions>();
        services.TryAddSingleton<RuleCatalog>();
        services.TryAddSingleton<ProjectDirectory>();
        services.TryAddSingleton(static provider => new LogPipeline(
            provider.GetRequiredService<ITraciraStore>(),
            provider.GetRequiredService<RuleCatalog>(),
            provider.GetService<IJudge>(),
            provider.GetRequiredService<PipelineOptions>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<Microsoft.Extensions.Logging.ILogger<LogPipeline>>(),
            provider.GetService<IEventReceivers>()));
        services.TryAddSingleton(static provider => new LogReviews(
            provider.GetRequiredService<ITraciraStore>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<IEventReceivers>()));
        services.TryAddSingleton<LogRevisions>();
        services.AddHostedService<PendingLogRecovery>();
        return services;
    }
}
