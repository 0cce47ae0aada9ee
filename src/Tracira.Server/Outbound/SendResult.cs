namespace Tracira.Server.Outbound;

/// <summary>What came of an attempt to deliver a message.</summary>
/// <param name="Outcome">What is to be done next.</param>
/// <param name="StatusCode">What the receiver answered, where it speaks HTTP (or SMTP) and did answer.</param>
/// <param name="Error">What went wrong, as a sentence for whoever looks at the deliveries; no secrets. Null where nothing did.</param>
/// <param name="RetryAfter">How long the receiver asks to be left alone.</param>
internal readonly record struct SendResult(SendOutcome Outcome, int? StatusCode = null, string? Error = null, TimeSpan? RetryAfter = null)
{
    /// <summary>The receiver has it.</summary>
    public static SendResult Delivered(int? statusCode = null) => new(SendOutcome.Delivered, statusCode);

    /// <summary>The receiver does not have it, and may take it later.</summary>
    public static SendResult Retry(string error, int? statusCode = null, TimeSpan? after = null) => new(SendOutcome.Retry, statusCode, error, after);

    /// <summary>The receiver does not have it and never will: 410, or an address that can be no address.</summary>
    public static SendResult Gone(string error, int? statusCode = null) => new(SendOutcome.Gone, statusCode, error);
}

/// <summary>What is to be done with a message after an attempt.</summary>
internal enum SendOutcome
{
    /// <summary>Nothing: it arrived.</summary>
    Delivered,

    /// <summary>Another attempt, later.</summary>
    Retry,

    /// <summary>No other attempt: it is dead, and kept for people to look at and replay.</summary>
    Gone,
}
