using Shouldly;
using Xunit;

namespace Tracira.Storage.Tests;

public abstract partial class StoreContract
{
    private static readonly Dictionary<string, int> NoLimits = [];

    [Fact]
    public async Task What_is_due_is_leased_to_one_and_free_again_when_the_lease_ends()
    {
        await SendAsync("a", "m1", "https://one/");
        await SendAsync("b", "m2", "https://two/");
        ClaimedDeliveries first = await ClaimAsync(0);
        Ids(first).ShouldBe(["m1", "m2"]);
        first.Deliveries[0].ShouldBe(new Delivery(first.Deliveries[0].Message, DeliveryState.Waiting) { NextAttemptAt = SampleLogs.Noon });
        ClaimedDeliveries second = await ClaimAsync(5);
        second.Deliveries.ShouldBeEmpty();
        second.NextDue.ShouldBe(SampleLogs.Noon.AddSeconds(60));
        Ids(await ClaimAsync(60)).ShouldBe(["m1", "m2"]);
    }

    [Fact]
    public async Task A_failed_attempt_is_due_again_later_with_what_went_wrong_also_after_reopening()
    {
        await SendAsync("a", "m1", "https://one/");
        Delivery claimed = (await ClaimAsync(0)).Deliveries[0];
        Delivery failed = claimed with
        {
            Attempts = 1,
            LastAttemptAt = SampleLogs.Noon.AddSeconds(1),
            NextAttemptAt = SampleLogs.Noon.AddSeconds(30),
            StatusCode = 500,
            Error = "It answered 500.",
        };
        (await Store.Outbox.RecordAsync(failed)).ShouldBeTrue();
        for (int round = 0; round < 2; round++)
        {
            (await Store.Outbox.FindAsync("w", "m1")).ShouldBe(failed);
            ClaimedDeliveries early = await ClaimAsync(29);
            early.Deliveries.ShouldBeEmpty();
            early.NextDue.ShouldBe(failed.NextAttemptAt);
            await ReopenAsync();
        }

        (await ClaimAsync(30)).Deliveries.ShouldBe([failed]);
    }

    [Fact]
    public async Task What_is_delivered_or_dead_is_never_due_and_still_listed()
    {
        await SendAsync("a", "m1", "https://one/");
        await SendAsync("b", "m2", "https://one/");
        await SendAsync("c", "m3", "https://one/");
        await FinishAsync("m1", DeliveryState.Delivered);
        await FinishAsync("m2", DeliveryState.Dead);
        for (int round = 0; round < 2; round++)
        {
            (await ListAsync(new DeliveryQuery("w"))).ShouldBe(["m3 Waiting", "m2 Dead", "m1 Delivered"]);
            (await ListAsync(new DeliveryQuery("w") { State = DeliveryState.Dead })).ShouldBe(["m2 Dead"]);
            (await ListAsync(new DeliveryQuery("w") { LogId = "a" })).ShouldBe(["m1 Delivered"]);
            (await ListAsync(new DeliveryQuery("w") { LogId = "a", State = DeliveryState.Dead })).ShouldBeEmpty();
            (await ListAsync(new DeliveryQuery("w") { LogId = "nobody" })).ShouldBeEmpty();
            (await ListAsync(new DeliveryQuery("other"))).ShouldBeEmpty();
            (await Store.Outbox.CountWaitingAsync()).ShouldBe(1);
            (await SampleLogs.ReadAllAsync(Store.Outbox.ReadAsync())).Select(static message => message.Id).ShouldBe(["m3"]);
            await ReopenAsync();
        }

        Ids(await ClaimAsync(100_000)).ShouldBe(["m3"]);
        (await Store.Outbox.RecordAsync((await Store.Outbox.FindAsync("w", "m1"))! with { State = DeliveryState.Waiting })).ShouldBeFalse();
    }

    [Fact]
    public async Task A_list_goes_on_before_a_message()
    {
        for (int i = 0; i < 250; i++)
            await SendAsync($"log-{i}", $"m{i:000}", "https://one/");
        for (int i = 0; i < 250; i += 3)
            await FinishAsync($"m{i:000}", i % 2 == 0 ? DeliveryState.Dead : DeliveryState.Delivered);
        List<string> pages = [];
        string? before = null;
        while (await Store.Outbox.ListAsync(new DeliveryQuery("w") { Before = before, Limit = 40 }) is { Count: > 0 } page)
        {
            pages.AddRange(page.Select(static delivery => delivery.Message.Id));
            before = pages[^1];
        }

        pages.ShouldBe(Enumerable.Range(0, 250).Reverse().Select(static i => $"m{i:000}"));
        (await ListAsync(new DeliveryQuery("w") { State = DeliveryState.Dead, Before = "m012", Limit = 5 })).ShouldBe(["m006 Dead", "m000 Dead"]);
    }

    [Fact]
    public async Task Of_the_messages_about_one_log_for_one_receiver_the_next_follows_when_the_one_before_is_done()
    {
        await SendAsync("a", "m1", "https://one/");
        await TellAsync("a", "m2", "https://one/");
        await TellAsync("a", "m3", "https://two/");
        await TellAsync("a", "m4", "https://one/");
        await SendAsync("b", "m5", "https://one/");
        Ids(await ClaimAsync(0)).ShouldBe(["m1", "m3", "m5"]);
        Delivery first = (await Store.Outbox.FindAsync("w", "m1"))!;
        await Store.Outbox.RecordAsync(first with { Attempts = 1, NextAttemptAt = SampleLogs.Noon.AddSeconds(30) });
        Ids(await ClaimAsync(1)).ShouldBeEmpty();
        await ReopenAsync();
        Ids(await ClaimAsync(100)).ShouldBe(["m3", "m5", "m1"], ignoreOrder: true);
        await FinishAsync("m1", DeliveryState.Delivered);
        Ids(await ClaimAsync(101)).ShouldBe(["m2"]);
        await FinishAsync("m2", DeliveryState.Dead);
        Ids(await ClaimAsync(102)).ShouldBe(["m4"]);
    }

    [Fact]
    public async Task A_lane_gets_as_much_as_it_has_room_for_and_keeps_no_other_waiting()
    {
        for (int i = 0; i < 20; i++)
            await SendAsync($"dead-{i}", $"m{i:00}", "https://dead/hook");
        await SendAsync("alive", "m99", "HTTPS://Alive/hook?x=1");
        Ids(await ClaimAsync(0, limit: 10, laneLimit: 3)).ShouldBe(["m00", "m01", "m02", "m99"]);
        await SendAsync("alive2", "m98", "https://alive/");
        Dictionary<string, int> full = new() { ["https://dead"] = 0 };
        ClaimedDeliveries second = await ClaimAsync(1, limit: 10, laneLimit: 3, lanes: full);
        Ids(second).ShouldBe(["m98"]);
        second.NextDue.ShouldBe(SampleLogs.Noon.AddSeconds(60));
        Ids(await ClaimAsync(2, limit: 2, laneLimit: 3)).ShouldBe(["m03", "m04"]);
    }

    [Fact]
    public async Task A_replayed_message_waits_again_under_its_id_as_if_it_were_new()
    {
        await SendAsync("a", "m1", "https://one/");
        await SendAsync("b", "m2", "https://two/");
        await FinishAsync("m1", DeliveryState.Dead);
        await FinishAsync("m2", DeliveryState.Delivered);
        (await Store.Outbox.ReplayAsync("w", "m1", SampleLogs.Noon.AddSeconds(500))).ShouldBeTrue();
        (await Store.Outbox.ReplayAsync("w", "m2", SampleLogs.Noon.AddSeconds(500))).ShouldBeTrue();
        (await Store.Outbox.ReplayAsync("w", "nobody", SampleLogs.Noon)).ShouldBeFalse();
        (await Store.Outbox.ReplayAsync("other", "m1", SampleLogs.Noon)).ShouldBeFalse();
        await ReopenAsync();
        Delivery replayed = (await Store.Outbox.FindAsync("w", "m1"))!;
        replayed.ShouldBe(new Delivery(replayed.Message, DeliveryState.Waiting) { NextAttemptAt = SampleLogs.Noon.AddSeconds(500) });
        Ids(await ClaimAsync(500)).ShouldBe(["m1", "m2"]);
    }

    [Fact]
    public async Task Replaying_one_that_waits_for_its_next_attempt_makes_it_due_at_once()
    {
        await SendAsync("a", "m1", "https://one/");
        Delivery claimed = (await ClaimAsync(0)).Deliveries[0];
        await Store.Outbox.RecordAsync(claimed with { Attempts = 3, NextAttemptAt = SampleLogs.Noon.AddDays(1), Error = "e" });
        (await Store.Outbox.ReplayAsync("w", "m1", SampleLogs.Noon.AddSeconds(10))).ShouldBeTrue();
        Delivery again = (await ClaimAsync(10)).Deliveries.Single();
        (again.Attempts, again.Error).ShouldBe((3, "e"));
    }

    [Fact]
    public async Task Whoever_delivers_is_told_of_new_and_replayed_messages()
    {
        int told = 0;
        Store.Outbox.Added += () => Interlocked.Increment(ref told);
        await SendAsync("a", "m1", "https://one/");
        told.ShouldBeGreaterThan(0);
        told = 0;
        await TellAsync("a", "m2", "https://one/");
        told.ShouldBeGreaterThan(0);
        await FinishAsync("m1", DeliveryState.Dead);
        told = 0;
        await Store.Outbox.ReplayAsync("w", "m1", SampleLogs.Noon);
        told.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Messages_delivered_before_a_moment_are_removed_a_few_at_a_time()
    {
        for (int i = 0; i < 10; i++)
            await SendAsync($"log-{i}", $"m{i}", "https://one/");
        for (int i = 0; i < 8; i++)
            await FinishAsync($"m{i}", i == 3 ? DeliveryState.Dead : DeliveryState.Delivered, seconds: i == 5 ? 1000 : 1);
        (await Store.Outbox.RemoveDeliveredAsync(SampleLogs.Noon, 100)).ShouldBe(0);
        (await Store.Outbox.RemoveDeliveredAsync(SampleLogs.Noon.AddSeconds(10), 4)).ShouldBe(4);
        (await Store.Outbox.RemoveDeliveredAsync(SampleLogs.Noon.AddSeconds(10), 4)).ShouldBe(2);
        await ReopenAsync();
        (await ListAsync(new DeliveryQuery("w"))).ShouldBe(["m9 Waiting", "m8 Waiting", "m5 Delivered", "m3 Dead"]);
    }

    [Fact]
    public async Task Messages_go_with_their_log_whatever_has_become_of_them()
    {
        await Store.Workspaces.SaveAsync(new Workspace("gone", "Gone", "wh-1", SampleLogs.Noon));
        foreach (string id in new[] { "m1", "m2", "m3" })
            await SendAsync("a", id, $"https://{id}/");
        await SendAsync("b", "m4", "https://one/");
        await SendAsync("c", "m5", "https://one/", workspace: "gone");
        await FinishAsync("m1", DeliveryState.Delivered);
        await FinishAsync("m2", DeliveryState.Dead);
        await ClaimAsync(0);
        await Store.Logs.DeleteAsync("w", "a");
        await Store.Workspaces.DeleteAsync("gone");
        for (int round = 0; round < 2; round++)
        {
            (await ListAsync(new DeliveryQuery("w"))).ShouldBe(["m4 Waiting"]);
            (await ListAsync(new DeliveryQuery("gone"))).ShouldBeEmpty();
            (await Store.Outbox.FindAsync("w", "m2")).ShouldBeNull();
            (await Store.Outbox.ReplayAsync("w", "m2", SampleLogs.Noon)).ShouldBeFalse();
            Ids(await ClaimAsync(1000 + round)).ShouldBe(round == 0 || ForgetsLeases ? ["m4"] : []);
            await ReopenAsync();
        }
    }

    [Fact]
    public async Task A_message_that_many_claim_at_once_is_given_to_one()
    {
        for (int i = 0; i < 40; i++)
            await SendAsync($"log-{i}", $"m{i}", $"https://host-{i % 4}/");
        ClaimedDeliveries[] claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ClaimAsync(0, limit: 7, laneLimit: 5))));
        string[] given = [.. claims.SelectMany(Ids)];
        given.Length.ShouldBe(40);
        given.Distinct().Count().ShouldBe(40);
    }

    private static IEnumerable<string> Ids(ClaimedDeliveries claimed) => claimed.Deliveries.Select(static delivery => delivery.Message.Id);

    private Task<ClaimedDeliveries> ClaimAsync(int seconds, int limit = 100, int laneLimit = 100, Dictionary<string, int>? lanes = null) => Store.Outbox
        .ClaimAsync(new OutboxClaim(SampleLogs.Noon.AddSeconds(seconds), SampleLogs.Noon.AddSeconds(seconds + 60), limit, laneLimit, lanes ?? NoLimits))
        .AsTask();

    private async Task<IEnumerable<string>> ListAsync(DeliveryQuery query) =>
        (await Store.Outbox.ListAsync(query)).Select(static delivery => $"{delivery.Message.Id} {delivery.State}");

    // Adds a log with a message, or a message to the log that is there.
    private async Task SendAsync(string logId, string id, string url, string workspace = "w")
    {
        Log log = await SampleLogs.InAsync(Store, "p", logId, workspace: workspace);
        if (await Store.Logs.AppendAsync(log, [SampleLogs.Message(log, id) with { Url = url }]) is not null)
            await TellAsync(logId, id, url);
    }

    private async Task TellAsync(string logId, string id, string url) =>
        await Store.Logs.ChangeAsync("w", [logId], log => new LogWrite(log, [SampleLogs.Message(log, id) with { Url = url }]));

    private async Task FinishAsync(string id, DeliveryState state, int seconds = 1)
    {
        Delivery delivery = (await Store.Outbox.FindAsync("w", id))!;
        (await Store.Outbox.RecordAsync(delivery with
        {
            State = state,
            Attempts = delivery.Attempts + 1,
            NextAttemptAt = null,
            LastAttemptAt = SampleLogs.Noon.AddSeconds(seconds),
        })).ShouldBeTrue();
    }
}
