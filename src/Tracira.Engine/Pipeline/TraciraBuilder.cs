using Microsoft.Extensions.DependencyInjection;

namespace Tracira;

/// <summary>Collects the choices made inside <c>AddTracira</c>.</summary>
public sealed class TraciraBuilder
{
    internal TraciraBuilder(IServiceCollection services) => Services = services;

    /// <summary>The services Tracira is added to.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Keeps everything in memory, gone with the process: for tests and gates without a history.</summary>
    public TraciraBuilder UseInMemory() => UseStore(static _ => new InMemoryStore());

    /// <summary>Keeps everything in the store that the factory opens. The container disposes of it.</summary>
    public TraciraBuilder UseStore(Func<IServiceProvider, ITraciraStore> open)
    {
        Services.AddSingleton(open);
        return this;
    }

    /// <summary>Answers judge rules with the judge that the factory makes.</summary>
    public TraciraBuilder UseJudge(Func<IServiceProvider, IJudge> create)
    {
        Services.AddSingleton(create);
        return this;
    }
}
