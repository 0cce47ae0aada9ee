using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Validation;
using Tracira.Server.Auth.KeyRing;
using Tracira.Server.Media;
using Tracira.Server.Outbound;

namespace Tracira.Server.Hosting;

/// <summary>
/// The options and loggers that every start asks for, registered by their types. The container knows <c>IOptions&lt;&gt;</c> and
/// <c>ILogger&lt;&gt;</c> only in general, and the native runtime then has to put together each type that the compiler never saw, and look
/// for its constructor (docs/benchmarks.md tells what that costs). What is registered here is what the container would have made.
/// </summary>
internal static class ClosedServices
{
    public static void AddClosedServices(this IServiceCollection services)
    {
        services.AddClosedOptions<KestrelServerOptions>();
        services.AddClosedOptions<SocketTransportOptions>();
        services.AddClosedOptions<HostOptions>();
        services.AddClosedOptions<ConsoleLifetimeOptions>();
        services.AddClosedOptions<RouteOptions>();
        services.AddClosedOptions<RouteHandlerOptions>();
        services.AddClosedOptions<JsonOptions>();
        services.AddClosedOptions<FormOptions>();
        services.AddClosedOptions<AuthenticationOptions>();
        services.AddClosedOptions<ValidationOptions>();
        services.AddClosedOptions<LoggerFactoryOptions>();
        services.AddClosedOptions<LoggerFilterOptions>();
        services.AddClosedOptions<OpenApiOptions>();
        services.AddClosedLogger<ErrorAnswers>();
        services.AddClosedLogger<RetentionSweep>();
        services.AddClosedLogger<FetchQueue>();
        services.AddClosedLogger<MediaReaper>();
        services.AddClosedLogger<SubscriptionHealth>();
        services.AddClosedLogger<OutboxDispatcher>();
        services.AddClosedLogger<DeliverySweep>();
        services.AddClosedLogger<StoredKeyRing>();
        services.AddClosedLogger<LogPipeline>();
    }

    private static void AddClosedOptions<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        this IServiceCollection services)
        where TOptions : class
    {
        services.AddTransient<IOptionsFactory<TOptions>>(static provider => new OptionsFactory<TOptions>(
            provider.GetServices<IConfigureOptions<TOptions>>(),
            provider.GetServices<IPostConfigureOptions<TOptions>>(),
            provider.GetServices<IValidateOptions<TOptions>>()));
        services.AddSingleton<IOptions<TOptions>>(static provider => new OptionsManager<TOptions>(provider.GetRequiredService<IOptionsFactory<TOptions>>()));
        services.AddSingleton<IOptionsMonitorCache<TOptions>>(static _ => new OptionsCache<TOptions>());
        services.AddSingleton<IOptionsMonitor<TOptions>>(static provider => new OptionsMonitor<TOptions>(
            provider.GetRequiredService<IOptionsFactory<TOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<TOptions>>(),
            provider.GetRequiredService<IOptionsMonitorCache<TOptions>>()));
    }

    private static void AddClosedLogger<T>(this IServiceCollection services) =>
        services.AddSingleton<ILogger<T>>(static provider => new Logger<T>(provider.GetRequiredService<ILoggerFactory>()));
}
