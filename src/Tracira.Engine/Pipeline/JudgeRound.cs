namespace Tracira;

/// <summary>What came of asking a judge about some rules of a log.</summary>
/// <param name="Applied">All rules of the log, in rule order, with what is known now.</param>
/// <param name="Unanswered">Places in <paramref name="Applied"/> of rules that may be answered another time.</param>
/// <param name="Patience">How long the judge asks to be left alone before; zero where it did not say.</param>
internal sealed record JudgeRound(IReadOnlyList<AppliedRule> Applied, IReadOnlyList<int> Unanswered, TimeSpan Patience)
{
    /// <summary>Asks about the rules that wait for a judge.</summary>
    public static Task<JudgeRound> AskAsync(IJudge judge, Log log, CancellationToken cancellationToken) =>
        AskAsync(judge, log, [.. Enumerable.Range(0, log.AppliedRules.Count).Where(i => log.AppliedRules[i].Outcome == RuleOutcomeKind.Undecided)], cancellationToken);

    /// <summary>Asks about the rules at some places, side by side. A judge that throws ends a rule in error; only cancellation gets through.</summary>
    public static async Task<JudgeRound> AskAsync(IJudge judge, Log log, IReadOnlyList<int> places, CancellationToken cancellationToken)
    {
        Judgement[] judgements = await Task.WhenAll(
            places.Select(place => AskAsync(judge, log, log.AppliedRules[place].Rule, cancellationToken))).ConfigureAwait(false);
        AppliedRule[] applied = [.. log.AppliedRules];
        for (int i = 0; i < judgements.Length; i++)
            applied[places[i]] = Apply(judgements[i], applied[places[i]]);
        int[] unanswered = [.. Enumerable.Range(0, judgements.Length).Where(i => judgements[i] is { Outcome: RuleOutcomeKind.Error, RetryAfter: not null })];
        return new JudgeRound(
            applied,
            [.. unanswered.Select(i => places[i])],
            unanswered.Select(i => judgements[i].RetryAfter!.Value).DefaultIfEmpty().Max());
    }

    private static async Task<Judgement> AskAsync(IJudge judge, Log log, Rule rule, CancellationToken cancellationToken)
    {
        try
        {
            var request = new JudgeRequest(log.WorkspaceId, rule, log.Output, log.InputText ?? log.Input) { Action = log.Action };
            return await judge.JudgeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a judge fails of, the log must not be lost over it: it is asked again, or a person decides instead.
            return Judgement.Failed($"the judge failed: {exception.Message}") with { RetryAfter = TimeSpan.Zero };
        }
    }

    private static AppliedRule Apply(Judgement judgement, AppliedRule rule) => rule with
    {
        Outcome = judgement.Outcome,
        Reason = judgement.Reason,
        Confidence = judgement.Confidence,
        Model = judgement.Model,
        LlmOutput = judgement.LlmOutput,
        Usage = Sum(rule.Usage, judgement.Usage), // what earlier answers took that were no verdict was paid for too
    };

    private static JudgeUsage? Sum(JudgeUsage? left, JudgeUsage? right) =>
        left is null || right is null ? left ?? right
        : new(left.InputTokens + right.InputTokens, left.OutputTokens + right.OutputTokens, left.CostUsd + right.CostUsd);
}
