using System.Text.Json;
using Shouldly;
using Tracira.Server.Auth;
using Tracira.Server.Live;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/api/events: what happens in a workspace, while it happens.</summary>
public sealed class EventTests(PeopleFixture server) : IClassFixture<PeopleFixture>
{
    [Fact]
    public async Task A_page_hears_of_a_log_and_of_who_decided_on_it()
    {
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        await using EventStream events = await EventStream.OpenAsync(ada.Http, server.Address);
        string id = (await server.Http.PostJsonAsync("/api/logs", """{"project":"Live","output":"Hello","requireApproval":true}""")).Id;
        JsonElement added = await events.NextAsync("log");
        (added.GetProperty("id").GetString(), added.GetProperty("change").GetString(), added.GetProperty("status").GetString()).ShouldBe((id, "added", "flagged"));

        await ada.Http.CallAsync(HttpMethod.Patch, $"/api/logs/{id}/decision", """{"decision":"approved"}""");
        JsonElement decided = await events.NextAsync("log");
        (decided.GetProperty("humanDecision").GetString(), decided.GetProperty("decidedBy").GetString()).ShouldBe(("approved", "ada"));
        await server.Http.CallAsync(HttpMethod.Delete, $"/api/logs/{id}", null);
        (await events.NextAsync("log")).GetProperty("change").GetString().ShouldBe("deleted");
    }

    [Fact]
    public async Task Reviewers_see_what_the_others_look_at_until_they_leave()
    {
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        (Browser bea, _) = await People.JoinAsync(ada, $"bea-{Guid.NewGuid():N}@example.com", "reviewer");
        using (bea)
        {
            await using EventStream hers = await EventStream.OpenAsync(ada.Http, server.Address);
            await hers.NextAsync("viewers");
            await using (EventStream beas = await EventStream.OpenAsync(bea.Http, server.Address))
            {
                (await bea.Http.CallAsync(HttpMethod.Put, "/api/events/focus", $$"""{"listener":"{{beas.Listener}}","logId":"log-7"}""")).Status.ShouldBe(200);
                JsonElement viewer = (await hers.NextAsync("viewers"))[0];
                (viewer.GetProperty("logId").GetString(), viewer.GetProperty("name").GetString()!.StartsWith("bea-", StringComparison.Ordinal)).ShouldBe(("log-7", true));
                (await ada.Http.CallAsync(HttpMethod.Put, "/api/events/focus", $$"""{"listener":"{{beas.Listener}}","logId":"x"}""")).Status
                    .ShouldBe(404, "a page is another person's only");
            }

            (await hers.NextAsync("viewers")).GetArrayLength().ShouldBe(0);
        }
    }

    [Fact]
    public async Task A_changed_rule_is_told()
    {
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        await using EventStream events = await EventStream.OpenAsync(ada.Http, server.Address);
        string id = (await ada.Http.PostJsonAsync("/api/rules", """{"name":"No","type":"keyword_forbidden","value":"no-such-word"}""")).Id;
        JsonElement change = await events.NextAsync("change");
        (change.GetProperty("action").GetString(), change.GetProperty("subjectId").GetString()).ShouldBe(("rule.created", id));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_what_listens_with_it()
    {
        using Browser ada = await Browser.SignInAsync(server.Address, People.Admin);
        string email = $"carl-{Guid.NewGuid():N}@example.com";
        (Browser desk, _) = await People.JoinAsync(ada, email, "viewer");
        using Browser phone = await Browser.SignInAsync(server.Address, email);
        using (desk)
        {
            await using EventStream events = await EventStream.OpenAsync(phone.Http, server.Address);
            (await desk.Http.CallAsync(HttpMethod.Delete, "/api/me/sessions", null)).Status.ShouldBe(200);
            await events.EndsAsync();
            (await phone.StatusOfMeAsync(), await desk.StatusOfMeAsync(), await ada.StatusOfMeAsync()).ShouldBe((401, 401, 200));
        }
    }

    [Fact]
    public void A_page_that_takes_nothing_costs_bounded_memory_and_is_told_that_it_missed_something()
    {
        var feed = new LiveFeed();
        var workspace = new Workspace("w", "Acme", "wh-0123456789abcdef0123456789abcdef", DateTimeOffset.UnixEpoch);
        LiveListener slow = feed.Join(Caller.OfToken(workspace));
        for (int i = 0; i < 10_000; i++)
            feed.Tell("w", new LiveEvent("log", "{}"));
        slow.Events.Count.ShouldBe(256);
        slow.TakeMissed().ShouldBeTrue();
        slow.TakeMissed().ShouldBeFalse();
        feed.HasListeners("w").ShouldBeTrue();
        feed.HasListeners("another").ShouldBeFalse();
        feed.Leave(slow);
        feed.HasListeners("w").ShouldBeFalse();
    }
}
