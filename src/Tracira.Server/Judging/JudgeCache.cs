using System.Collections.Concurrent;

namespace Tracira.Server.Judging;

/// <summary>
/// Remembers what judges said, so that the same question is asked once: while it is being asked everybody waits for the one answer, and
/// for a while afterwards it holds. What was no verdict is forgotten at once.
/// </summary>
/// <param name="lifetime">How long an answer holds; zero to remember nothing.</param>
/// <param name="capacity">How many are remembered; the oldest go first.</param>
/// <param name="time">The clock.</param>
internal sealed class JudgeCache(TimeSpan lifetime, int capacity, TimeProvider time)
{
    private static readonly JudgeUsage Nothing = new(0, 0, 0);
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly ConcurrentQueue<(string Key, Entry Entry)> _byAge = new();

    /// <summary>The answer that is remembered, else what asking brings.</summary>
    /// <remarks>One who gives up waiting takes the answer from nobody else: the question has its own limits of time.</remarks>
    public async ValueTask<Judgement> GetAsync(string key, Func<Task<Judgement>> ask, CancellationToken cancellationToken)
    {
        if (lifetime == TimeSpan.Zero)
            return await ask().WaitAsync(cancellationToken).ConfigureAwait(false);
        DropOld();
        var mine = new Entry(ask, time.GetUtcNow() + lifetime);
        Entry entry = _entries.GetOrAdd(key, mine);
        if (entry == mine)
        {
            _byAge.Enqueue((key, mine));
            _ = ForgetFailureAsync(key, mine);
        }

        Judgement judgement = await entry.Answer.WaitAsync(cancellationToken).ConfigureAwait(false);
        return entry == mine ? judgement : judgement with { Usage = Nothing };
    }

    private void DropOld()
    {
        DateTimeOffset now = time.GetUtcNow();
        while (_byAge.TryPeek(out (string Key, Entry Entry) oldest) && (oldest.Entry.Until <= now || _byAge.Count > capacity) && _byAge.TryDequeue(out oldest))
            _entries.TryRemove(KeyValuePair.Create(oldest.Key, oldest.Entry));
    }

    private async Task ForgetFailureAsync(string key, Entry entry)
    {
        await ((Task)entry.Answer).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!entry.Answer.IsCompletedSuccessfully || entry.Answer.Result.Outcome == RuleOutcomeKind.Error)
            _entries.TryRemove(KeyValuePair.Create(key, entry));
    }

    private sealed class Entry(Func<Task<Judgement>> ask, DateTimeOffset until)
    {
        private readonly Lazy<Task<Judgement>> _answer = new(ask);

        public Task<Judgement> Answer => _answer.Value;

        public DateTimeOffset Until { get; } = until;
    }
}
