using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tracira.Server.Judging;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The same question is asked once for as long as the setting says, and what was no answer is not remembered.</summary>
public sealed class JudgeCacheTests
{
    private static readonly Judgement Answer = new(RuleOutcomeKind.Passed, 0.9, "It is kind.") { Usage = new JudgeUsage(10, 1, 0.1) };
    private readonly FakeTimeProvider _time = new();
    private int _asked;

    [Fact]
    public async Task An_answer_holds_for_its_lifetime_and_costs_once()
    {
        var cache = new JudgeCache(TimeSpan.FromMinutes(10), 100, _time);
        (await AskAsync(cache, "a")).Usage.ShouldBe(Answer.Usage);
        _time.Advance(TimeSpan.FromMinutes(9));
        (await AskAsync(cache, "a")).Usage.ShouldBe(new JudgeUsage(0, 0, 0));
        _asked.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(cache, "a");
        _asked.ShouldBe(2);
    }

    [Fact]
    public async Task Who_asks_while_it_is_being_asked_waits_for_the_one_answer()
    {
        var cache = new JudgeCache(TimeSpan.FromMinutes(10), 100, _time);
        var speaks = new TaskCompletionSource<Judgement>();
        Task<Judgement>[] all = [.. Enumerable.Range(0, 20).Select(_ => AskAsync(cache, "a", () => speaks.Task))];
        speaks.SetResult(Answer);
        (await Task.WhenAll(all)).Count(static judgement => judgement.Usage == Answer.Usage).ShouldBe(1);
        _asked.ShouldBe(1);
    }

    [Fact]
    public async Task What_was_no_answer_is_asked_anew()
    {
        var cache = new JudgeCache(TimeSpan.FromMinutes(10), 100, _time);
        await AskAsync(cache, "a", static () => Task.FromResult(Judgement.Failed("down")));
        await Should.ThrowAsync<IOException>(AskAsync(cache, "a", static () => Task.FromException<Judgement>(new IOException())));
        (await AskAsync(cache, "a")).Outcome.ShouldBe(RuleOutcomeKind.Passed);
        _asked.ShouldBe(3);
    }

    [Fact]
    public async Task No_lifetime_is_no_memory_and_the_oldest_goes_where_there_are_too_many()
    {
        var none = new JudgeCache(TimeSpan.Zero, 100, _time);
        await AskAsync(none, "a");
        await AskAsync(none, "a");
        _asked.ShouldBe(2);

        var small = new JudgeCache(TimeSpan.FromMinutes(10), 2, _time);
        foreach (string key in new[] { "a", "b", "c", "d", "d", "a" })
            await AskAsync(small, key);
        _asked.ShouldBe(7);
    }

    private Task<Judgement> AskAsync(JudgeCache cache, string key, Func<Task<Judgement>>? answer = null) => cache.GetAsync(
        key,
        () =>
        {
            _asked++;
            return answer?.Invoke() ?? Task.FromResult(Answer);
        },
        CancellationToken.None).AsTask();
}
