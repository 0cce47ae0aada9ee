namespace Tracira;

/// <summary>Answers the rules that no code can: asks a language model, or whatever else knows.</summary>
public interface IJudge
{
    /// <summary>
    /// Judges one output by one rule. Called from several threads at once. What it throws is recorded as
    /// <see cref="RuleOutcomeKind.Error"/> with the exception's message.
    /// </summary>
    ValueTask<Judgement> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken);
}
