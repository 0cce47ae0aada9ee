using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What leaves the house: callbacks, the outbound webhook, subscriptions.</summary>
public sealed class DeliveryTests : IAsyncLifetime, IDisposable
{
    private static readonly (string Name, string Value)[] Environment =
    [
        ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"),
        ("TRACIRA_OUTBOUND__BACKOFF", "0.1,0.2"),
        ("TRACIRA_OUTBOUND__TIMEOUTSECONDS", "1"),
    ];

    private readonly TemporaryServerFolder _folder = new();
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(_folder.Path, "", Environment);
        await Http.PostJsonAsync("/api/rules", """{"name":"No red","type":"keyword_forbidden","value":"red"}""");
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_callback_says_what_became_of_the_log()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        await Http.PostJsonAsync("/api/logs", $$"""
            {"id":"log-1","project":"Mail","task":"Draft","output":"All red.","input":"Paint it.","sessionId":"s","subjectId":"u","actorId":"a",
             "metadata":{"order":7},"callbackUrl":"{{receiver.AddressOf("/hook?key=1")}}"}
            """);
        ReceivedWebhook webhook = (await receiver.WaitAsync(1))[0];
        webhook.Headers["content-type"].ShouldBe("application/json");
        webhook.Headers["user-agent"].ShouldStartWith("Tracira/");
        webhook.Headers.ShouldNotContainKey("webhook-signature");
        new Answer(200, webhook.Json, webhook.Headers).ShouldMatchGolden("callback");
        await WaitForAsync("delivered", 1);
        (await Http.GetJsonAsync("/api/deliveries?logId=log-1")).Body.GetProperty("deliveries")[0].GetProperty("id").GetString().ShouldBe(webhook.Id);
    }

    [Fact]
    public async Task A_decision_reaches_who_waits_for_it_with_what_the_person_wrote()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        string url = receiver.AddressOf("/hook");
        await Http.PostJsonAsync("/api/logs", $$"""{"id":"a","project":"p","output":"red","callbackUrl":"{{url}}","callbackEvents":"decisions"}""");
        await Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"changed","correctedOutput":"blue"}""");
        JsonElement body = (await receiver.WaitAsync(1))[0].Json;
        body.GetProperty("type").GetString().ShouldBe("log.decided");
        body.GetProperty("id").GetString().ShouldBe("a");
        body.GetProperty("humanDecision").GetString().ShouldBe("changed");
        JsonElement data = body.GetProperty("data");
        (data.GetProperty("event").GetString(), data.GetProperty("output").GetString(), data.GetProperty("aiOutput").GetString())
            .ShouldBe(("changed", "blue", "red"));
    }

    [Fact]
    public async Task A_failed_attempt_is_made_again_under_the_same_id_and_a_redirect_is_a_failure()
    {
        int asked = 0;
        await using WebhookHost receiver = await WebhookHost.StartAsync((_, http) =>
        {
            int time = Interlocked.Increment(ref asked);
            http.Response.StatusCode = time == 1 ? 302 : time == 2 ? 500 : 200;
            if (time == 1)
                http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        await SendAsync("a", receiver.AddressOf("/hook"));
        ReceivedWebhook[] received = await receiver.WaitAsync(3);
        received.Select(static webhook => webhook.Id).Distinct().Count().ShouldBe(1);
        received.ShouldAllBe(static webhook => webhook.Path == "/hook");
        JsonElement delivery = (await WaitForAsync("delivered", 1))[0];
        (delivery.GetProperty("attempts").GetInt32(), delivery.GetProperty("statusCode").GetInt32()).ShouldBe((3, 200));
        delivery.TryGetProperty("error", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_receiver_that_never_answers_ends_dead_and_is_replayed_by_API_and_command_line()
    {
        bool answers = false;
        await using WebhookHost receiver = await WebhookHost.StartAsync((_, http) => answers ? Task.CompletedTask : Task.Delay(5_000, http.RequestAborted));
        await SendAsync("a", receiver.AddressOf("/hook?secret=x"));
        await SendAsync("b", receiver.AddressOf("/hook"));
        JsonElement[] dead = await WaitForAsync("dead", 2);
        dead[1].GetProperty("error").GetString().ShouldBe("It did not answer within 1 seconds.");
        dead[1].GetProperty("attempts").GetInt32().ShouldBe(3);
        answers = true;

        string first = dead[1].GetProperty("id").GetString()!;
        (await Http.PostJsonAsync($"/api/deliveries/{first}/replay", "")).Status.ShouldBe(200);
        (await WaitForAsync("delivered", 1))[0].GetProperty("id").GetString().ShouldBe(first);
        (await Http.PostJsonAsync("/api/deliveries/none/replay", "")).Status.ShouldBe(404);

        (int exitCode, string listed, string error) = await Binary.RunAsync($"deliveries list --state dead --data \"{_folder.Path}\"");
        (exitCode, error).ShouldBe((0, ""));
        listed.ShouldContain("log.evaluated  b  ");
        (exitCode, string replayed, error) = await Binary.RunAsync($"deliveries replay --dead --data \"{_folder.Path}\"");
        (exitCode, replayed.Trim(), error).ShouldBe((0, "1 delivery is sent again.", ""));
        await WaitForAsync("delivered", 2);
        (await Binary.RunAsync($"deliveries replay --data \"{_folder.Path}\"")).ExitCode.ShouldBe(2);
        (await Http.GetJsonAsync("/api/audit?action=delivery.")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task An_address_that_the_guard_refuses_meanwhile_is_not_asked_and_the_setting_that_would_allow_it_is_named()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync(static (_, http) =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        await Http.PatchJsonAsync("/api/settings", $$"""{"outboundWebhookUrl":"{{receiver.AddressOf("/hook")}}"}""");
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path, "", Environment[1]);
        await SendAsync("a", callbackUrl: null);
        (await WaitForAsync("dead", 1))[0].GetProperty("error").GetString()!.ShouldContain("Outbound:AllowedHosts");
        receiver.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_receiver_that_answers_410_is_asked_once_and_its_subscription_goes()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync(static (_, http) =>
        {
            http.Response.StatusCode = 410;
            return Task.CompletedTask;
        });
        string url = receiver.AddressOf("/gone");
        (await Http.PostJsonAsync("/api/subscriptions", $$"""{"url":"{{url}}","events":["pass"]}""")).Status.ShouldBe(201);
        await SendAsync("a", callbackUrl: null);
        (await WaitForAsync("dead", 1))[0].GetProperty("statusCode").GetInt32().ShouldBe(410);
        await WaitUntilAsync(async () => (await Http.GetJsonAsync("/api/subscriptions")).Body.GetProperty("subscriptions").GetArrayLength() == 0);
        await SendAsync("b", callbackUrl: null);
        await Task.Delay(300);
        receiver.Received.Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_receiver_hears_of_one_log_in_the_order_in_which_it_happened()
    {
        int asked = 0;
        await using WebhookHost receiver = await WebhookHost.StartAsync((_, http) =>
        {
            http.Response.StatusCode = Interlocked.Increment(ref asked) == 1 ? 503 : 200;
            return Task.CompletedTask;
        });
        string url = receiver.AddressOf("/hook");
        await Http.PostJsonAsync("/api/logs", $$"""{"id":"a","project":"p","output":"red","callbackUrl":"{{url}}","callbackEvents":"flagged_error_decisions"}""");
        await Http.PatchJsonAsync("/api/logs/a/decision", """{"decision":"approved"}""");
        ReceivedWebhook[] received = await receiver.WaitAsync(3);
        received.Select(static webhook => webhook.Json.GetProperty("type").GetString()).ShouldBe(["log.evaluated", "log.evaluated", "log.decided"]);
    }

    [Fact]
    public async Task What_waits_when_the_server_stops_is_delivered_by_the_next()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync(static (_, http) => Task.Delay(300, http.RequestAborted));
        await SendAsync("a", receiver.AddressOf("/hook"));
        await SendAsync("b", "http://127.0.0.1:9/");
        await receiver.WaitAsync(1);
        (await _server.StopAsync()).ShouldBe(0); // the attempt that is under way ends
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path, "", Environment);
        await WaitForAsync("delivered", 1);
        await WaitForAsync("dead", 1);
        receiver.Received.Length.ShouldBe(1);
    }

    [Fact]
    public async Task The_outbound_webhook_can_be_tried_out()
    {
        (await Http.PostJsonAsync("/api/settings/test/webhook", ""))["error"].ShouldBe("There is no webhook. Set outboundWebhookUrl.");
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        await Http.PatchJsonAsync("/api/settings", $$"""{"outboundWebhookUrl":"{{receiver.AddressOf("/hook")}}"}""");
        (await Http.PostJsonAsync("/api/settings/test/webhook", ""))["ok"].ShouldBe("True");
        receiver.Received.Single().Json.GetProperty("type").GetString().ShouldBe("test");
    }

    [Theory]
    [InlineData("state=nope&limit=0", "limit state")]
    [InlineData("limit=101", "limit")]
    public async Task Bad_parameters_of_the_list_are_named_at_once(string query, string fields)
    {
        Answer answer = await Http.GetJsonAsync($"/api/deliveries?{query}");
        answer.Status.ShouldBe(400);
        string.Join(' ', answer.Fields.Order()).ShouldBe(fields);
    }

    private async Task SendAsync(string id, string? callbackUrl) =>
        (await Http.PostJsonAsync("/api/logs", JsonSerializer.Serialize(new { id, project = "p", output = "blue", callbackUrl }))).Status.ShouldBe(202);

    private async Task<JsonElement[]> WaitForAsync(string state, int count)
    {
        JsonElement[] found = [];
        await WaitUntilAsync(async () =>
        {
            found = [.. (await Http.GetJsonAsync($"/api/deliveries?state={state}")).Body.GetProperty("deliveries").EnumerateArray()];
            return found.Length == count;
        });
        return found;
    }

    private static async Task WaitUntilAsync(Func<Task<bool>> holds)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(20);
        while (!await holds())
        {
            if (DateTime.UtcNow > until)
                throw new TimeoutException("It did not come to pass.");
            await Task.Delay(50);
        }
    }
}
