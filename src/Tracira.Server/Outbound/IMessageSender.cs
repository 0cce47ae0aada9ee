namespace Tracira.Server.Outbound;

/// <summary>Delivers messages to addresses of some scheme. The dispatcher asks each of them in turn whether an address is its own.</summary>
internal interface IMessageSender
{
    /// <summary>Whether this one delivers to an address.</summary>
    bool Serves(string url);

    /// <summary>
    /// Makes one attempt. The time limit is the dispatcher's: past it the token is cancelled. What throws counts as a failure that is worth
    /// another attempt, its message being what is shown of it; so that must hold no secret.
    /// </summary>
    /// <param name="message">What happened, and whom to tell.</param>
    /// <param name="log">The log as it is now.</param>
    /// <param name="cancellationToken">Cancelled when the attempt has taken too long, or the server stops.</param>
    Task<SendResult> SendAsync(OutboxMessage message, Log log, CancellationToken cancellationToken);
}
