using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracira.Server.Api;
using Tracira.Server.Auth;
using Tracira.Server.Auth.KeyRing;
using Tracira.Server.Auth.People;
using Tracira.Server.Instructions;
using Tracira.Server.Judging;
using Tracira.Server.Live;
using Tracira.Server.Media;
using Tracira.Server.Outbound;
using Tracira.Server.Settings;
using Tracira.Server.Statistics;
using Tracira.Server.Telemetry;

namespace Tracira.Server.Hosting;

/// <summary>Puts the server together and starts it: store, workspace, sample data, then the doors.</summary>
internal static class TraciraServer
{
    /// <summary>Starts a server that stops with SIGTERM or Ctrl-C, and says what a newcomer needs.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="output">Where to say it; null to say nothing.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The running server; wait for it, then dispose of it.</returns>
    /// <exception cref="StoreUnavailableException">The data folder cannot be opened.</exception>
    public static async Task<WebApplication> StartAsync(ServerOptions options, TextWriter? output, CancellationToken cancellationToken)
    {
        DataFolder.Create(options.DataFolder);
        Task<OpenedData> opening = Task.Run(() => OpenedData.OpenAsync(options, cancellationToken), cancellationToken);
        WebApplication? app = null;
        MethodNames.Load();
        try
        {
            app = Build(options, opening, quiet: output is null);
            (_, WorkspaceDirectory workspaces, bool isNew) = await opening.ConfigureAwait(false);
            await app.Services.GetRequiredService<ApiKeys>().OpenAsync(workspaces.All, cancellationToken).ConfigureAwait(false);
            await app.Services.GetRequiredService<EventReceivers>().OpenAsync(cancellationToken).ConfigureAwait(false);
            if (isNew && options.Demo)
                await app.Services.GetRequiredService<DemoData>().FillAsync(cancellationToken).ConfigureAwait(false);

            string socket = DataFolder.Socket(options.DataFolder);
            File.Delete(socket); // left behind by a server that was killed; a living one holds the database, and we are past that
            _ = Task.Run(() => app.Services.GetRequiredService<EndpointDataSource>().Endpoints, cancellationToken); // or the first request builds them
            await app.StartAsync(cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(socket, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            string? setupToken = await app.Services.GetRequiredService<FirstAdmin>().PrepareAsync().ConfigureAwait(false);
            if (output is not null)
                Greeting.Write(output, options, Addresses(app), workspaces.Default, isNew, setupToken);
            return app;
        }
        catch
        {
            if (app is not null)
                await app.DisposeAsync().ConfigureAwait(false);
            await ((Task)opening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (opening.IsCompletedSuccessfully) // a host that was never finished closes nothing
                await opening.Result.Store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static WebApplication Build(ServerOptions options, Task<OpenedData> opening, bool quiet)
    {
        WebApplication? app = null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.SetMinimumLevel(quiet ? LogLevel.Error : LogLevel.Information)
            .AddFilter("Microsoft", quiet ? LogLevel.Error : LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error) // it warns that keys lie in the open; StoredKeyRing seals them
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None) // or an activity and a log scope are made for every request
            .AddFilter("Microsoft.Extensions.Hosting", level => level >= LogLevel.Warning && IsStarted(app)) // why it did not start, our caller says
            .AddProvider(ConsoleLog.CreateProvider());
        builder.WebHost.UseKestrelCore()
            .UseUrls([.. options.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries), $"http://unix:{DataFolder.Socket(options.DataFolder)}"])
            .ConfigureKestrel(kestrel =>
            {
                kestrel.AddServerHeader = false;

                // Our own limit is held where bodies are read. Kestrel's is larger, so that it reads the rest of a body that was refused
                // instead of hanging up on a client that is still sending and would never see the answer.
                kestrel.Limits.MaxRequestBodySize = 8 * options.BodyBytes;

                // Who takes longer than that for a few headers is no client but holds a connection open to exhaust them.
                kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            });

        IServiceCollection services = builder.Services;
        services.AddClosedServices();
        services.AddRoutingCore();
        services.AddTracira(tracira => tracira.UseStore(_ => opening.GetAwaiter().GetResult().Store));
        services.AddLive();
        services.AddSingleton(options);
        services.AddSingleton(new PipelineOptions
        {
            JudgeConcurrency = options.JudgeConcurrency,
            JudgeRetryPeriod = options.Judging.RetryPeriod,
            JudgeRetryPause = options.Judging.RetryPause,
        });
        services.AddSingleton(_ => opening.GetAwaiter().GetResult().Workspaces);
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<AuditLog>();
        services.AddKeyRing();
        services.AddWorkspaceSettings();
        services.AddReceivers();
        services.AddSingleton<InstructionBook>();
        services.AddHostedService<RetentionSweep>();
        services.AddSingleton<IRateLimiter, InMemoryRateLimiter>();
        services.AddOutbound();
        services.AddNotifications();
        services.AddDispatcher();
        builder.AddTelemetry(options);
        services.AddMedia();
        services.AddJudging();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<DemoData>();
        services.AddSingleton<StatsReader>();
        services.AddSingleton<LogEndpoints>();
        services.AddSingleton<RenderedEndpoint>();
        services.AddSingleton<StatsEndpoints>();
        services.AddSingleton<BatchEndpoint>();
        services.AddSingleton<ReviewEndpoints>();
        services.AddSingleton<ExportEndpoint>();
        services.AddSingleton<RuleEndpoints>();
        services.AddSingleton<BacktestEndpoint>();
        services.AddSingleton<ProjectEndpoints>();
        services.AddSingleton<TaskEndpoints>();
        services.AddSingleton<SettingsEndpoints>();
        services.AddSingleton<SubscriptionEndpoints>();
        services.AddSingleton<InstructionEndpoints>();
        services.AddSingleton<KeyEndpoints>();
        services.AddSingleton<TokenEndpoints>();
        services.AddSingleton<AuditEndpoints>();
        services.AddSingleton<UtilityEndpoints>();
        services.AddSingleton<OperatorEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Wire));
        services.AddOpenApi(OpenApiDescription.Configure);
        services.Configure<HostOptions>(static host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        services.AddPeople(options.People);
        services.KeepKeyRingLazy();
        services.RemoveAll<IStartupValidator>(); // ours are read and judged before there is a host, and it takes a while to find that out

        app = builder.Build();
        if (options.TrustedProxies is { } proxies)
            app.UseForwardedHeaders(proxies);
        app.Use(next => new ErrorAnswers(next, app.Lifetime, app.Services.GetRequiredService<ILogger<ErrorAnswers>>()).InvokeAsync);
        app.UseAuthentication(); // takes people back from the OpenID Connect provider; everybody else's credentials are read behind the routing
        app.UseRouting();
        app.Use(next => new Authentication(next, app.Services.GetRequiredService<WorkspaceDirectory>(), app.Services.GetRequiredService<ApiKeys>()).InvokeAsync);
        app.MapOpenApi().AllowAnonymous();
        ApiReference.Map(app);
        DashboardFiles.Map(app);

        // From here on the store is needed; what is above is done while it opens.
        RouteGroupBuilder api = app.MapGroup("/api");
        app.Services.GetRequiredService<LogEndpoints>().Map(api);
        app.Services.GetRequiredService<RenderedEndpoint>().Map(api);
        app.Services.GetRequiredService<StatsEndpoints>().Map(api);
        app.Services.GetRequiredService<BatchEndpoint>().Map(api);
        app.Services.GetRequiredService<ReviewEndpoints>().Map(api);
        app.Services.GetRequiredService<ExportEndpoint>().Map(api);
        app.Services.GetRequiredService<RuleEndpoints>().Map(api);
        app.Services.GetRequiredService<BacktestEndpoint>().Map(api);
        app.Services.GetRequiredService<ProjectEndpoints>().Map(api);
        app.Services.GetRequiredService<TaskEndpoints>().Map(api);
        app.Services.GetRequiredService<SettingsEndpoints>().Map(api);
        app.Services.GetRequiredService<SubscriptionEndpoints>().Map(api);
        app.Services.GetRequiredService<DeliveryEndpoints>().Map(api);
        app.Services.GetRequiredService<InstructionEndpoints>().Map(api);
        app.Services.GetRequiredService<KeyEndpoints>().Map(api);
        app.Services.GetRequiredService<TokenEndpoints>().Map(api);
        app.Services.GetRequiredService<AuditEndpoints>().Map(api);
        app.Services.GetRequiredService<UtilityEndpoints>().Map(api);
        app.MapPeople(api);
        app.MapNotifications(api);
        app.Services.GetRequiredService<EventEndpoints>().Map(api);
        app.Services.GetRequiredService<UploadEndpoints>().Map(app);
        app.Services.GetRequiredService<MediaEndpoints>().Map(app);
        app.Services.GetRequiredService<OperatorEndpoints>().Map(app);
        app.Services.GetRequiredService<HealthEndpoints>().Map(app);
        app.Services.GetRequiredService<MetricsEndpoint>().Map(app);
        return app;
    }

    private static bool IsStarted(WebApplication? app) => app?.Lifetime.ApplicationStarted.IsCancellationRequested is true;

    private static string[] Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Where(static address => !address.StartsWith("http://unix:", StringComparison.Ordinal))];
}
