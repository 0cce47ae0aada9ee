using Tracira.Server.Api;
using Tracira.Server.Hosting;
using Tracira.Server.Media;

namespace Tracira.Server.Outbound.Mail;

/// <summary>Links by which the recipient of a mail can decide on one log. They lead to a page that asks once more.</summary>
internal sealed class ReviewLinks(SignedLinks links, LinkBase linkBase, ServerOptions options)
{
    public const string Path = "/review";

    // What is signed: neither a link of another kind nor one for another log or recipient can be made of it.
    private const string Purpose = "REVIEW";
    private const string WorkspaceName = "workspace";
    private const string LogName = "log";
    private const string RecipientName = "to";

    /// <summary>Which button the page puts first. It is not signed: the page offers both, whatever the link says.</summary>
    private const string DecisionName = "decision";

    /// <summary>Makes a link.</summary>
    public async ValueTask<string> CreateAsync(Log log, string recipient, DecisionKind decision)
    {
        TimeSpan lifetime = options.Mail?.LinkLifetime ?? TimeSpan.Zero;
        string link = await links.CreateAsync(
            Purpose, Path, lifetime, (WorkspaceName, log.WorkspaceId), (LogName, log.Id), (RecipientName, recipient)).ConfigureAwait(false);
        return linkBase.Absolute($"{link}&{DecisionName}={WireNames.Decision[decision]}");
    }

    /// <summary>What the link says that a request came by; null where it is not one of ours or has expired.</summary>
    public async ValueTask<ReviewLink?> ReadAsync(HttpContext http)
    {
        if (!await links.IsGoodAsync(http, Purpose, WorkspaceName, LogName, RecipientName).ConfigureAwait(false))
            return null;
        IQueryCollection query = http.Request.Query;
        DecisionKind suggested = WireNames.Decision.TryParse(query[DecisionName], out DecisionKind kind) ? kind : DecisionKind.Approved;
        return new ReviewLink(query[WorkspaceName].ToString(), query[LogName].ToString(), query[RecipientName].ToString(), suggested);
    }
}

/// <summary>What a link says.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="LogId">The log to be decided on.</param>
/// <param name="Recipient">Whom it was sent to.</param>
/// <param name="Suggested">What the recipient has clicked on.</param>
internal sealed record ReviewLink(string WorkspaceId, string LogId, string Recipient, DecisionKind Suggested);
