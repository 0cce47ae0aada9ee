using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tracira.Server.Outbound.Slack;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What is remembered of messages in Slack, and for how long.</summary>
public sealed class SlackPostsTests : IAsyncDisposable
{
    private const string W = Workspace.DefaultId;
    private readonly InMemoryStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_message_is_remembered_until_its_log_is_gone_or_was_decided_on_a_week_ago()
    {
        var posts = new SlackPosts(_store, _time);
        using var rules = new RuleCatalog(_store);
        await using var pipeline = new LogPipeline(_store, rules, time: _time);
        var reviews = new LogReviews(_store, _time);
        for (int i = 0; i < 500; i++)
        {
            string id = $"log-{i:000}";
            await pipeline.SubmitAsync(new LogSubmission("p", "x") { Id = id });
            await posts.AddAsync(W, id, new SlackPost("C1", $"{i}", null));
        }

        await reviews.DecideAsync(W, ["log-001", "log-002"], new Decision(DecisionKind.Approved, _time.GetUtcNow(), "Ada", "api"));
        _time.Advance(TimeSpan.FromDays(6));
        await reviews.DecideAsync(W, ["log-003"], new Decision(DecisionKind.Approved, _time.GetUtcNow(), "Ada", "api"));
        await _store.Logs.DeleteAsync(W, "log-000");
        await _store.Logs.DeleteAsync(W, "log-499");
        await posts.SweepAsync(W, CancellationToken.None);
        (await RememberedAsync()).ShouldBe(Enumerable.Range(1, 498).Select(static i => $"log-{i:000}"));

        _time.Advance(TimeSpan.FromDays(1.1));
        await posts.SweepAsync(W, CancellationToken.None);
        (await RememberedAsync()).ShouldBe(Enumerable.Range(3, 496).Select(static i => $"log-{i:000}"), "one is decided too recently, the others may still be");
    }

    private async Task<IEnumerable<string>> RememberedAsync() => (await _store.Records.ListAsync("slack-posts", W)).Select(static record => record.Id);
}
