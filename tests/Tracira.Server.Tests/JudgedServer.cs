using System.Text.Json;
using Tracira.Storage.LiteDB;

namespace Tracira.Server.Tests;

/// <summary>A server whose operator has set up every provider, at an address on the loopback.</summary>
internal sealed class JudgedServer : IAsyncDisposable
{
    private readonly TemporaryServerFolder _folder = new();
    private (string, string)[] _environment = [];

    private JudgedServer(FakeProvider provider) => Provider = provider;

    public FakeProvider Provider { get; }

    public string Folder => _folder.Path;

    public HttpClient Http => Process.Http;

    public ServerProcess Process { get; private set; } = null!;

    /// <param name="settings">Settings beyond those that name the provider.</param>
    public static async Task<JudgedServer> StartAsync(params (string Name, string Value)[] settings)
    {
        FakeProvider provider = await FakeProvider.StartAsync();
        var server = new JudgedServer(provider)
        {
            _environment =
            [
                ("TRACIRA_JUDGING__OPENAI__BASEURL", provider.Address + "/v1"), ("TRACIRA_JUDGING__OPENAI__APIKEY", "sk-o"),
                ("TRACIRA_JUDGING__OPENROUTER__BASEURL", provider.Address + "/api/v1"), ("TRACIRA_JUDGING__OPENROUTER__APIKEY", "sk-r"),
                ("TRACIRA_JUDGING__ANTHROPIC__BASEURL", provider.Address + "/v1"), ("TRACIRA_JUDGING__ANTHROPIC__APIKEY", "sk-a"),
                ("TRACIRA_JUDGING__TIMEOUTSECONDS", "20"), ("TRACIRA_JUDGING__RETRYDELAYMS", "50"), ("TRACIRA_JUDGING__CONCURRENCY", "50"),
                .. settings,
            ],
        };
        await server.RestartAsync();
        return server;
    }

    /// <summary>Starts the server, anew where it ran before.</summary>
    /// <param name="settings">Settings that hold until the next start.</param>
    public async Task RestartAsync(params (string Name, string Value)[] settings)
    {
        if (Process is not null)
            await Process.DisposeAsync();
        Process = await ServerProcess.StartAsync(Folder, "", [.. _environment, .. settings]);
    }

    /// <summary>Makes a judge rule in a project of its own.</summary>
    /// <returns>The project.</returns>
    public async Task<string> AddRuleAsync(string provider, string model, string? project = null, string instruction = "Be kind")
    {
        project ??= Guid.NewGuid().ToString();
        string rule = JsonSerializer.Serialize(new
        {
            name = "Kind",
            type = "llm_judge",
            value = instruction,
            projectName = project,
            llmJudgeProvider = provider,
            llmJudgeModel = model,
        });
        Answer answer = await Http.PostJsonAsync("/api/rules", rule);
        return answer.Status == 201 ? project : throw new InvalidOperationException(answer.Body.ToString());
    }

    /// <summary>Sends an output and waits for its verdict.</summary>
    /// <returns>The whole log.</returns>
    public async Task<Answer> JudgeAsync(string project, string output)
    {
        Answer sent = await Http.PostJsonAsync("/api/logs", JsonSerializer.Serialize(new { project, output, sync = true }));
        return await Http.GetJsonAsync("/api/logs/" + sent.Id);
    }

    /// <summary>Stops the server and reads from its file which logs' judges would have been asked again.</summary>
    public async Task<string[]> WaitingLogsAsync()
    {
        await Process.StopAsync();
        await using LiteDBStore store = LiteDBStore.Open(Path.Combine(Folder, "tracira.db"));
        return [.. (await store.Records.ListAsync("judge-retries", "")).Select(static record => record.Id.Split('/')[1])];
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        await Provider.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>A judged server for the tests of a class.</summary>
public sealed class JudgedServerFixture : Xunit.IAsyncLifetime
{
    internal JudgedServer Server { get; private set; } = null!;

    public async Task InitializeAsync() => Server = await JudgedServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();
}
