using Tracira.Server.Api;

namespace Tracira.Server.Media;

internal static class MediaServices
{
    /// <summary>Adds what takes files in, keeps them, hands them out and clears them away.</summary>
    public static IServiceCollection AddMedia(this IServiceCollection services)
    {
        services.AddSingleton<SignedLinks>();
        services.AddSingleton<MediaKeeper>();
        services.AddHostedService<MediaReaper>();
        services.AddSingleton<AttachmentFetcher>();
        services.AddSingleton<FetchQueue>();
        services.AddHostedService(static provider => provider.GetRequiredService<FetchQueue>());
        services.AddSingleton<AttachmentWriter>();
        services.AddSingleton<AttachmentIntake>();
        services.AddSingleton<AttachmentReader>();
        services.AddSingleton<LogReader>();
        services.AddSingleton<UploadEndpoints>();
        services.AddSingleton<MediaEndpoints>();
        return services;
    }
}
