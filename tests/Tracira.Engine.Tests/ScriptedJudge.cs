using System.Collections.Concurrent;

namespace Tracira.Engine.Tests;

/// <summary>A judge that says what the test wants of it.</summary>
internal sealed class ScriptedJudge(Func<JudgeRequest, int, Task<Judgement>> answer) : IJudge
{
    public static readonly Judgement Pass = new(RuleOutcomeKind.Passed, 0.9, "It is kind.") { Usage = new JudgeUsage(100, 10, 0.01) };
    public static readonly Judgement Flag = new(RuleOutcomeKind.Flagged, 0.8, "It is rude.");

    private int _asked;

    public ScriptedJudge(params Judgement[] answers)
        : this((_, time) => Task.FromResult(answers[Math.Min(time, answers.Length - 1)]))
    {
    }

    /// <summary>How often it was asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>The names of the rules it was asked about.</summary>
    public ConcurrentQueue<string> Rules { get; } = new();

    /// <summary>The answer of a judge that is down.</summary>
    public static Judgement Down(TimeSpan patience = default) => Judgement.Failed("nobody answers") with { RetryAfter = patience };

    public async ValueTask<Judgement> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken)
    {
        Rules.Enqueue(request.Rule.Name);
        return await answer(request, Interlocked.Increment(ref _asked) - 1).WaitAsync(cancellationToken);
    }
}
