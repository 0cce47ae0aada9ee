using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A server for the tests of a class.</summary>
public class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    /// <summary>A client with the workspace's token.</summary>
    public HttpClient Http => Server.Http;

    /// <summary>A client that comes through the data folder's own socket.</summary>
    public HttpClient Operator => Server.Operator;

    /// <summary>Where the server listens.</summary>
    public Uri Address => Server.Address;

    private protected ServerProcess Server { get; private set; } = null!;

    /// <summary>Settings beyond the usual ones.</summary>
    protected virtual (string Name, string Value)[] Environment => [];

    public virtual async Task InitializeAsync() => Server = await ServerProcess.StartAsync(_folder, "", Environment);

    public virtual async Task DisposeAsync()
    {
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
