using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>Who hears of a log.</summary>
public sealed class ReceiverTests
{
    [Fact]
    public async Task A_receiver_hears_of_a_log_in_the_write_that_keeps_it_and_none_twice()
    {
        await using var store = new InMemoryStore();
        using var rules = new RuleCatalog(store);
        var receivers = new Receivers(["https://a", "https://b"]);
        await using var pipeline = new LogPipeline(store, rules, receivers: receivers);
        await pipeline.SubmitAsync(new LogSubmission("p", "x") { Id = "1", CallbackUrl = "https://b" });

        OutboxMessage[] messages = await MessagesAsync(store);
        messages.Select(static message => message.Url).Order().ShouldBe(["https://a", "https://b"]);
        messages.ShouldAllBe(static message => message.LogId == "1" && message.Event == "log.evaluated");
        messages.Select(static message => message.Id).Distinct().Count().ShouldBe(2);
        receivers.Asked.ShouldBe([("log.evaluated", LogStatus.Pass)]);
    }

    [Fact]
    public async Task A_log_that_waits_for_a_judge_is_told_of_once_it_is_judged()
    {
        await using var store = new InMemoryStore();
        using var rules = new RuleCatalog(store);
        await rules.SaveAsync(Workspace.DefaultId, new Rule("r", RuleType.LlmJudge, "Be polite") { Id = "r", Revision = 1 });
        var receivers = new Receivers(["https://a"]);
        await using var pipeline = new LogPipeline(store, rules, receivers: receivers);
        await pipeline.SubmitAsync(new LogSubmission("p", "x") { Wait = TimeSpan.FromSeconds(10) });

        receivers.Asked.ShouldBe([("log.evaluated", LogStatus.Error)], "nothing is said of it while it is pending");
        (await MessagesAsync(store)).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Without_receivers_only_the_callback_hears_of_a_log_and_only_of_what_it_asked_for()
    {
        await using var store = new InMemoryStore();
        using var rules = new RuleCatalog(store);
        await using var pipeline = new LogPipeline(store, rules);
        await pipeline.SubmitAsync(new LogSubmission("p", "x") { CallbackUrl = "https://b" });
        await pipeline.SubmitAsync(new LogSubmission("p", "x") { CallbackUrl = "https://c", CallbackEvents = CallbackEvents.FlaggedError });
        await pipeline.SubmitAsync(new LogSubmission("p", "x"));
        (await MessagesAsync(store)).Select(static message => message.Url).ShouldBe(["https://b"]);
    }

    private static async Task<OutboxMessage[]> MessagesAsync(InMemoryStore store)
    {
        List<OutboxMessage> messages = [];
        await foreach (OutboxMessage message in store.Outbox.ReadAsync())
            messages.Add(message);
        return [.. messages];
    }

    private sealed class Receivers(string[] urls) : IEventReceivers
    {
        public List<(string, LogStatus)> Asked { get; } = [];

        public IReadOnlyList<string> Find(Log log, string eventName)
        {
            Asked.Add((eventName, log.Status));
            return urls;
        }
    }
}
