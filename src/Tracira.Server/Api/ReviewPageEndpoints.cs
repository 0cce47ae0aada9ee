using System.Text;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;
using Tracira.Server.Outbound.Mail;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>
/// The page behind the links in mails. A GET shows and asks: mail programs and virus scanners follow links. Only the form's POST decides. The
/// signed link stands for a credential, as long as the workspace still writes to whom it was sent to.
/// </summary>
internal sealed class ReviewPageEndpoints(
    ReviewLinks links, WorkspaceDirectory workspaces, SettingsDirectory settings, ITraciraStore store, NotifiedDecisions decisions, LinkBase linkBase)
{
    private const int MaxForm = 64 * 1024;
    private const string Policy =
        "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(ReviewLinks.Path, Show).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(ReviewLinks.Path, Decide).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/review.css", static http => PageFiles.SendAsync(http, "review.css", "text/css", Policy)).AllowAnonymous().ExcludeFromDescription();
    }

    private async Task Show(HttpContext http)
    {
        if (await FindAsync(http).ConfigureAwait(false) is not var (link, log))
            return;
        Notice notice = NoticeOf(log);
        await (log.Decision is { } decision
            ? Write(http, 200, ReviewPage.Tell("Already decided", DecisionText.Standing(decision), notice))
            : Write(http, 200, ReviewPage.Ask(notice, link))).ConfigureAwait(false);
    }

    private async Task Decide(HttpContext http)
    {
        if (await FindAsync(http).ConfigureAwait(false) is not var (link, log))
            return;
        if (await ReadFormAsync(http).ConfigureAwait(false) is not { } form
            || !WireNames.Decision.TryParse(form["decision"], out DecisionKind kind)
            || kind is not (DecisionKind.Approved or DecisionKind.Rejected))
        {
            await Write(http, 400, ReviewPage.Tell("Nothing decided", "The form did not arrive whole. Go back and try again.", null)).ConfigureAwait(false);
            return;
        }

        string? note = form["note"].ToString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
        if (note?.Length > 2_000)
        {
            await Write(http, 400, ReviewPage.Tell("Nothing decided", "The note is longer than 2,000 characters. Go back and shorten it.", null))
                .ConfigureAwait(false);
            return;
        }

        Workspace workspace = workspaces.FindById(link.WorkspaceId)!;
        var caller = new Caller(workspace, CallerKind.Email, link.Recipient, link.Recipient, Permissions.Review);
        ReviewResult result = await decisions.DecideAsync(http, caller, log.Id, kind, "email", note).ConfigureAwait(false);
        (int status, string title) = result.Outcome switch
        {
            ReviewOutcome.Done => (200, "Thank you"),
            ReviewOutcome.Repeated => (200, "Already decided"),
            ReviewOutcome.AlreadyDecided => (409, "Already decided"),
            ReviewOutcome.StillEvaluating => (409, "Not yet"),
            _ => (404, "Gone"),
        };
        await Write(http, status, ReviewPage.Tell(title, DecisionText.Of(result), NoticeOf(result.Log ?? log))).ConfigureAwait(false);
    }

    /// <returns>The link and its log; null where the request has been answered.</returns>
    private async ValueTask<(ReviewLink Link, Log Log)?> FindAsync(HttpContext http)
    {
        if (await links.ReadAsync(http).ConfigureAwait(false) is not { } link)
        {
            await Write(http, 403, ReviewPage.Tell("This link does not work", "It has expired, or is not whole. The log can still be decided through the API.", null))
                .ConfigureAwait(false);
            return null;
        }

        WorkspaceSettings set = await settings.GetAsync(link.WorkspaceId).ConfigureAwait(false);
        if (!string.Equals(set.NotificationEmail, link.Recipient, StringComparison.OrdinalIgnoreCase))
        {
            await Write(http, 403, ReviewPage.Tell("This link does not work", $"The workspace does not write to {link.Recipient} any more.", null))
                .ConfigureAwait(false);
            return null;
        }

        if (workspaces.FindById(link.WorkspaceId) is not null
            && await store.Logs.FindAsync(link.WorkspaceId, link.LogId, http.RequestAborted).ConfigureAwait(false) is { } log)
        {
            return (link, log);
        }

        await Write(http, 404, ReviewPage.Tell("Gone", "This log is not there any more.", null)).ConfigureAwait(false);
        return null;
    }

    private Notice NoticeOf(Log log) => Notice.Of(log, linkBase.LogPage(log.Id));

    private static async ValueTask<IFormCollection?> ReadFormAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > MaxForm)
            return null;
        try
        {
            return await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static Task Write(HttpContext http, int status, Html page)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(page.Text);
        HttpResponse response = http.Response;
        response.StatusCode = status;
        PageFiles.SetHeaders(response, "text/html", Policy);
        response.Headers.CacheControl = "no-store";
        response.ContentLength = utf8.Length;
        return response.Body.WriteAsync(utf8, 0, utf8.Length, http.RequestAborted);
    }
}
