using System.Text.Json;

namespace Tracira.Server.Tests.Contract;

/// <summary>
/// A workspace of a case's own, so that no case sees what another has done, with the callers and things that it asks for.
/// </summary>
internal sealed class Scene : IAsyncDisposable
{
    public const string Wrong = "not the right password";

    private readonly HttpClient _operator;
    private readonly Dictionary<Who, (string Name, string Value)[]> _callers = new() { [Who.WithNothing] = [] };
    private readonly List<IAsyncDisposable> _kept = [];
    private readonly List<TemporaryServerFolder> _folders = [];

    private Scene(ServerFixture stage, HttpClient @operator, Answer workspace)
    {
        Stage = stage;
        _operator = @operator;
        WorkspaceId = workspace.Id;
        _callers[Who.WithFullToken] = [("Authorization", $"Bearer {workspace["webhookToken"]}")];
    }

    public ServerFixture Stage { get; }

    public string WorkspaceId { get; }

    public static async Task<Scene> SetAsync(ServerFixture stage) =>
        new(stage, stage.Operator, await stage.Operator.PostJsonAsync("/operator/workspaces", """{"name":"Acme"}"""));

    public Task<Scene> NeighbourAsync() => SetAsync(Stage);

    /// <summary>The headers that say who a caller is; the caller is made when first asked for.</summary>
    public async Task<(string Name, string Value)[]> HeadersOfAsync(Who who)
    {
        if (!_callers.TryGetValue(who, out (string, string)[]? headers))
            _callers[who] = headers = Who.People.HasFlag(who) ? await SignInAsync(who) : [("x-api-key", (await KeyAsync(ScopeOf(who)))["key"]!)];
        return headers;
    }

    /// <summary>Does something as the operator, and insists that it goes well.</summary>
    public async Task<Answer> DoAsync(string method, string path, string? json = null)
    {
        Answer answer = await _operator.CallAsync(new HttpMethod(method), path, json, ("X-Tracira-Workspace", WorkspaceId));
        return answer.Status < 300 ? answer : throw new InvalidOperationException($"{method} {path} was answered {answer.Status} {answer.Body}");
    }

    /// <summary>Sends a log.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> LogAsync(string fields = """ "project":"Support","output":"Hello" """) =>
        (await DoAsync("POST", "/api/logs", $$"""{{{fields}}}""")).Id;

    /// <summary>Sends a log that a rule flags.</summary>
    public async Task<string> FlaggedLogAsync()
    {
        await RuleAsync();
        return await LogAsync(""" "project":"Support","task":"Reply","output":"A discount of 30%" """);
    }

    /// <summary>Sends a log that waits for its judge for as long as the case takes: behind hundreds of others.</summary>
    public async Task<string> PendingLogAsync()
    {
        await DoAsync("POST", "/api/rules", """{"name":"Kind","type":"llm_judge","value":"Be kind"}""");
        Answer batch = await SendManyAsync(500);
        return batch.Body.GetProperty("results")[499].GetProperty("id").GetString()!;
    }

    public Task<Answer> SendManyAsync(int logs) => DoAsync(
        "POST", "/api/logs/batch", $$"""{"logs":[{{string.Join(',', Enumerable.Repeat("""{"project":"Support","output":"Hello"}""", logs))}}]}""");

    /// <summary>Sends a log with a text file.</summary>
    /// <returns>The file's key.</returns>
    public async Task<string> FileAsync()
    {
        string id = await LogAsync(""" "project":"Support","output":"Hello","attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}] """);
        JsonElement log = (await DoAsync("GET", $"/api/logs/{id}")).Body;
        return log.GetProperty("attachments")[0].GetProperty("key").GetString()!;
    }

    public async Task<string> RuleAsync() =>
        (await DoAsync("POST", "/api/rules", """{"name":"No discounts","type":"keyword_forbidden","value":"discount"}""")).Id;

    public async Task<string> ProjectAsync(string name = "Support") => (await DoAsync("POST", "/api/projects", $$"""{"name":"{{name}}"}""")).Id;

    public async Task<string> ProjectWithTaskAsync()
    {
        string id = await ProjectAsync();
        await DoAsync("POST", $"/api/projects/{id}/tasks", """{"name":"Reply"}""");
        return id;
    }

    public Task<Answer> KeyAsync(string scope) => DoAsync("POST", "/api/keys", $$"""{"name":"{{scope}}","scopes":["{{scope}}"]}""");

    public Task<Answer> SubscribeAsync(string url = "https://example.com/hook") =>
        DoAsync("POST", "/api/subscriptions", $$"""{"url":"{{url}}","events":["flagged"],"source":"n8n"}""");

    /// <summary>Sends a log with a callback.</summary>
    /// <returns>The id of the delivery.</returns>
    public async Task<string> DeliveryAsync()
    {
        string log = await LogAsync(""" "project":"Support","output":"Hello","callbackUrl":"https://example.com/hook" """);
        JsonElement deliveries = (await DoAsync("GET", $"/api/deliveries?logId={log}")).Body.GetProperty("deliveries");
        return deliveries[0].GetProperty("id").GetString()!;
    }

    /// <summary>Listens to what happens.</summary>
    /// <returns>The name under which.</returns>
    public async Task<string> ListenAsync() =>
        Keep(await EventStream.OpenAsync(((ContractStage)Stage).Plain, Stage.Address, await HeadersOfAsync(Who.WithFullToken))).Listener;

    public Task<Answer> InstructAsync() =>
        DoAsync("POST", "/api/instructions", """{"project":"Support","task":"Reply","default":"Answer in one sentence."}""");

    public string EmailOf(Who who) => $"{who.ToString().ToLowerInvariant()}@{WorkspaceId}.example";

    public Task<Answer> InviteAsync(Who who) => DoAsync(
        "POST", "/api/members/invitations", $$"""{"email":"{{EmailOf(who)}}","role":"{{who.ToString().ToLowerInvariant()}}"}""");

    /// <summary>Has somebody become a member.</summary>
    /// <returns>The member's id.</returns>
    public async Task<string> MemberAsync(Who who)
    {
        Answer invited = await InviteAsync(who);
        return (await DoAsync("POST", $"/api/auth/invitations/{invited["token"]}", $$"""{"password":"{{People.Password}}","name":"{{who}}"}""")).Id;
    }

    /// <summary>Posts something until it is too often.</summary>
    public async Task UseUpAsync(string path, string? json = null)
    {
        for (int status = 200; status != 429;)
            status = (await _operator.CallAsync(HttpMethod.Post, path, json, ("X-Tracira-Workspace", WorkspaceId))).Status;
    }

    /// <summary>Guesses at a password until nobody may guess any more.</summary>
    public async Task GuessAsync(string email)
    {
        using var http = new HttpClient { BaseAddress = Stage.Address };
        for (int status = 401; status != 429;)
            status = (await http.PostJsonAsync("/api/auth/sign-in", $$"""{"email":"{{email}}","password":"{{Wrong}}"}""")).Status;
    }

    /// <summary>Starts a server of the case's own.</summary>
    /// <returns>What it says, and where it listens.</returns>
    public async Task<(string Output, Uri Address)> StartAsync(params (string Name, string Value)[] settings)
    {
        var folder = new TemporaryServerFolder();
        _folders.Add(folder);
        ServerProcess server = Keep(await ServerProcess.StartAsync(folder.Path, "", settings));
        for (int tries = 0; tries < 50 && !server.Output.Contains("/setup?token=", StringComparison.Ordinal); tries++)
            await Task.Delay(20);
        return (server.Output, server.Address);
    }

    /// <summary>Keeps something for as long as the scene stands.</summary>
    public T Keep<T>(T kept)
        where T : IAsyncDisposable
    {
        _kept.Add(kept);
        return kept;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (IAsyncDisposable kept in _kept)
            await kept.DisposeAsync();
        _folders.ForEach(static folder => folder.Dispose());
    }

    private async Task<(string Name, string Value)[]> SignInAsync(Who who)
    {
        using var browser = new Browser(Stage.Address);
        Answer invited = await InviteAsync(who);
        await browser.Http.PostJsonAsync($"/api/auth/invitations/{invited["token"]}", $$"""{"password":"{{People.Password}}","name":"{{who}}"}""");
        return [("Cookie", browser.Session!), ("Sec-Fetch-Site", "same-origin")];
    }

    private static string ScopeOf(Who who) => who switch
    {
        Who.WithIngestKey => "ingest",
        Who.WithReadKey => "read",
        Who.WithReviewKey => "review",
        Who.WithManageKey => "manage",
        _ => throw new ArgumentOutOfRangeException(nameof(who), who, "Not a caller that a scene makes."),
    };
}
