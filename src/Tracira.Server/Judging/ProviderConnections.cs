using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Http.Resilience;
using Polly;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;

namespace Tracira.Server.Judging;

/// <summary>
/// The connections to providers. Each key has its own bound on questions side by side; each model its own circuit breaker, because a
/// model that is overloaded says nothing about the next one.
/// </summary>
internal sealed class ProviderConnections : IDisposable
{
    private const int MaxWaiting = 10_000;
    private const int MaxKept = 1_000;

    // A provider that wants more patience than this has failed: a person decides instead.
    private static readonly TimeSpan MaxPatience = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<JudgeEndpoint, HttpClient> _clients = new();
    private readonly ConcurrentDictionary<(Uri BaseUrl, string ApiKey), ConcurrencyLimiter> _limits = new();
    private readonly JudgeOptions _options;
    private readonly OutboundHttp _outbound;
    private readonly OutboundHttp _operators;
    private readonly TimeProvider _time;

    public ProviderConnections(ServerOptions options, OutboundHttp outbound, HostResolver resolve, TimeProvider time)
    {
        _time = time;
        _options = options.Judging;
        _outbound = outbound;

        // The operator's own addresses may be inside the house, as Ollama on this machine. They are allowed for these questions alone: nothing
        // that a workspace can choose goes this way.
        IEnumerable<string> hosts = _options.Providers.Values.Select(static provider => provider.BaseUrl?.IdnHost).OfType<string>();
        _operators = new OutboundHttp(new OutboundGuard(options with { AllowedHosts = [.. options.AllowedHosts, .. hosts] }), resolve);
    }

    /// <summary>How long an answer asks to be left alone; zero where it does not say.</summary>
    public static TimeSpan PatienceAsked(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delay } => delay,
        { Date: { } date } when date > DateTimeOffset.UtcNow => date - DateTimeOffset.UtcNow,
        _ => TimeSpan.Zero,
    };

    public HttpClient To(JudgeEndpoint endpoint)
    {
        // Rotated keys and renamed models leave clients behind. They hold nothing but memory, so that all can go at once.
        if (_clients.Count >= MaxKept)
            _clients.Clear();
        return _clients.GetOrAdd(endpoint, Connect);
    }

    public void Dispose() => _operators.Dispose();

    private HttpClient Connect(JudgeEndpoint endpoint)
    {
        HttpMessageHandler way = new WholeAnswers(new OutboundHandler(endpoint.IsOperators ? _operators : _outbound));
        way = new ResilienceHandler(Pipeline(endpoint)) { InnerHandler = way };
        return new HttpClient(new ProviderAnswers(endpoint.Provider, way)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    private ResiliencePipeline<HttpResponseMessage> Pipeline(JudgeEndpoint endpoint) => new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = _time }
        .AddRateLimiter(_limits.GetOrAdd((endpoint.BaseUrl, endpoint.ApiKey), _ => new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = _options.ProviderConcurrency,
            QueueLimit = MaxWaiting,
        })))
        .AddRetry(new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = _options.Retries,
            Delay = _options.RetryDelay,
            MaxDelay = MaxPatience,
            ShouldHandle = static outcome => ValueTask.FromResult(
                HttpClientResiliencePredicates.IsTransient(outcome.Outcome) && PatienceAsked(outcome.Outcome.Result) <= MaxPatience),
        })
        .AddCircuitBreaker(new HttpCircuitBreakerStrategyOptions
        {
            FailureRatio = 0.5,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(60),
            BreakDuration = TimeSpan.FromSeconds(15),
        })
        .AddTimeout(_options.Timeout)
        .Build();
}
