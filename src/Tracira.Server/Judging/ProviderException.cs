namespace Tracira.Server.Judging;

/// <summary>Thrown when a provider gave no answer that could be read.</summary>
/// <param name="message">What happened, as a sentence without its end.</param>
internal sealed class ProviderException(string message) : Exception(message)
{
    /// <summary>How long to wait before asking again, zero where nobody said; null where asking again would change nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What a judge says of it.</summary>
    public Judgement ToJudgement() => Judgement.Failed(Message) with { RetryAfter = RetryAfter };
}
