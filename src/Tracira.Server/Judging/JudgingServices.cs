using Tracira.Server.Hosting;

namespace Tracira.Server.Judging;

internal static class JudgingServices
{
    private const int CachedAnswers = 5_000;

    /// <summary>Adds the judge that asks language models.</summary>
    public static IServiceCollection AddJudging(this IServiceCollection services)
    {
        services.AddSingleton<JudgeEndpoints>();
        services.AddSingleton<ProviderConnections>();
        services.AddSingleton<ModelPrices>();
        services.AddSingleton(static provider => new JudgeCache(
            provider.GetRequiredService<ServerOptions>().Judging.CacheLifetime, CachedAnswers, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IJudge, LlmJudge>();
        return services;
    }
}
