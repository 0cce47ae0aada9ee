using System.Text.Json;
using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/subscriptions, and the messages that subscriptions and the outbound webhook give rise to.</summary>
public sealed class SubscriptionTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryServerFolder _folder = new();
    private ServerProcess _server = null!;

    private HttpClient Http => _server.Http;

    public async Task InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.Path);

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_subscription_is_created_listed_and_deleted()
    {
        Answer created = await SubscribeAsync("https://example.com/a", "flagged", "approved", "flagged");
        created.ShouldMatchGolden("subscription-created");
        (await Http.GetJsonAsync("/api/subscriptions")).ShouldMatchGolden("subscription-list");
        (await Http.DeleteJsonAsync($"/api/subscriptions/{created.Id}")).ShouldMatchGolden("subscription-deleted");
        (await Http.DeleteJsonAsync($"/api/subscriptions/{created.Id}")).ShouldMatchGolden("subscription-not-found");
        (await Http.GetJsonAsync("/api/subscriptions")).Body.GetProperty("subscriptions").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task The_same_subscription_again_answers_the_one_there_is()
    {
        Answer first = await SubscribeAsync("https://example.com/a", "pass", "error");
        Answer again = await SubscribeAsync("https://example.com/a", "error", "pass");
        again.Status.ShouldBe(200);
        again.Id.ShouldBe(first.Id);
        (await SubscribeAsync("https://example.com/a", "pass")).Status.ShouldBe(201);
        Answer[] raced = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SubscribeAsync("https://example.com/race", "pass")));
        raced.Select(static answer => answer.Id).Distinct().Count().ShouldBe(1);
    }

    [Theory]
    [InlineData("""{}""", "events url")]
    [InlineData("""{"url":"x","events":["nope"]}""", "events url")]
    [InlineData("""{"url":"https://example.com/","events":"pass"}""", "events")]
    [InlineData("""{"url":"https://example.com/","events":[]}""", "events")]
    [InlineData("""{"url":5,"events":["pass"],"source":{}}""", "source url")]
    public async Task Bad_fields_are_named_at_once(string body, string fields)
    {
        Answer answer = await Http.PostJsonAsync("/api/subscriptions", body);
        answer.Status.ShouldBe(400);
        string.Join(' ', answer.Fields.Order()).ShouldBe(fields);
    }

    [Fact]
    public async Task A_workspace_has_at_most_100_subscriptions()
    {
        for (int i = 0; i < 100; i++)
            (await SubscribeAsync($"https://example.com/{i}", "pass")).Status.ShouldBe(201);
        (await SubscribeAsync("https://example.com/more", "pass")).ShouldMatchGolden("subscription-too-many");
        (await SubscribeAsync("https://example.com/7", "pass")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_log_gives_rise_to_one_message_for_each_receiver_that_wants_its_event_and_receivers_outlive_a_restart()
    {
        await SubscribeAsync("https://example.com/pass", "pass");
        await SubscribeAsync("https://example.com/flagged", "flagged", "error");
        Answer unsubscribed = await SubscribeAsync("https://example.com/gone", "pass", "flagged");
        await Http.DeleteJsonAsync($"/api/subscriptions/{unsubscribed.Id}");
        await Http.PatchJsonAsync("/api/settings", """{"outboundWebhookUrl":"https://example.com/webhook","outboundWebhookEvents":["log.flagged"]}""");
        await _server.StopAsync();
        await _server.DisposeAsync();
        _server = await ServerProcess.StartAsync(_folder.Path);

        await Http.PostJsonAsync("/api/rules", """{"name":"r","type":"keyword_forbidden","value":"red"}""");
        await Http.PostJsonAsync("/api/logs", """{"id":"passed","project":"p","output":"blue","callbackUrl":"https://example.com/pass"}""");
        await Http.PostJsonAsync("/api/logs", """{"id":"flagged","project":"p","output":"red","callbackUrl":"https://example.com/callback"}""");
        await Http.PatchJsonAsync("/api/settings", """{"webhookEnabled":false}""");
        await Http.PostJsonAsync("/api/logs", """{"id":"quiet","project":"p","output":"red"}""");

        (await MessagesAsync()).ShouldBe(
            [
                "flagged log.evaluated https://example.com/callback",
                "flagged log.evaluated https://example.com/flagged",
                "flagged log.evaluated https://example.com/webhook",
                "passed log.evaluated https://example.com/pass",
                "quiet log.evaluated https://example.com/flagged",
            ]);
    }

    [Fact]
    public async Task A_decision_gives_rise_to_a_message_for_who_wants_that_decision()
    {
        string[] events = ["approved", "rejected", "changed", "handled", "taught"];
        foreach (string name in events)
            await SubscribeAsync($"https://example.com/{name}", name);
        await Http.PatchJsonAsync("/api/settings", """{"outboundWebhookUrl":"https://example.com/webhook","outboundWebhookEvents":["log.decided"]}""");
        await Http.PostJsonAsync("/api/rules", """{"name":"r","type":"keyword_forbidden","value":"red"}""");
        await DecideAsync("1", "red", """{"decision":"approved"}""");
        await DecideAsync("2", "red", """{"decision":"rejected"}""");
        await DecideAsync("3", "red", """{"decision":"changed","comment":"Softer."}""");
        await DecideAsync("4", "red", """{"decision":"handled"}""");
        await DecideAsync("5", "blue", """{"decision":"changed","comment":"Next time softer."}""");

        (await MessagesAsync()).ShouldBe(events.SelectMany(static (name, index) => new[]
        {
            $"{index + 1} log.decided https://example.com/{name}",
            $"{index + 1} log.decided https://example.com/webhook",
        }));

        async Task DecideAsync(string id, string output, string decision)
        {
            await Http.PostJsonAsync("/api/logs", $$"""{"id":"{{id}}","project":"p","output":"{{output}}","sync":true}""");
            (await Http.PatchJsonAsync($"/api/logs/{id}/decision", decision)).Status.ShouldBe(200);
        }
    }

    private Task<Answer> SubscribeAsync(string url, params string[] events) =>
        Http.PostJsonAsync("/api/subscriptions", JsonSerializer.Serialize(new { url, events, source = "n8n" }));

    // What waits to leave the house is read from the stopped server's own file.
    private async Task<string[]> MessagesAsync()
    {
        await _server.StopAsync();
        await using LiteDBStore store = LiteDBStore.Open(Path.Combine(_folder.Path, "tracira.db"));
        List<string> messages = [];
        await foreach (OutboxMessage message in store.Outbox.ReadAsync())
            messages.Add($"{message.LogId} {message.Event} {message.Url}");
        return [.. messages.Order(StringComparer.Ordinal)];
    }
}
