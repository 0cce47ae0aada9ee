using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A server for the tests of a class.</summary>
public class ServerFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
    private ServerProcess _server = null!;

    /// <summary>A client with the workspace's token.</summary>
    public HttpClient Http => _server.Http;

    /// <summary>A client that comes through the data folder's own socket.</summary>
    public HttpClient Operator => _server.Operator;

    /// <summary>Where the server listens.</summary>
    public Uri Address => _server.Address;

    /// <summary>Settings beyond the usual ones.</summary>
    protected virtual (string Name, string Value)[] Environment => [];

    public virtual async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder, "", Environment);

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
