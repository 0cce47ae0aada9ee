using MimeKit;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound.Mail;

/// <summary>Writes mails, each as text and as HTML.</summary>
internal sealed class MailMessages(ServerOptions options, TimeProvider time)
{
    private const int MaxSubject = 150;
    private const int MaxContent = 4_000;

    private const string Frame = "max-width:36rem;margin:0 auto;padding:1.5rem;color:#1c1c1e;background:#ffffff;"
        + "font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif";
    private const string Faint = "color:#63636a;font-size:14px";
    private const string Block = "margin:0 0 1.25rem;padding:.75rem 1rem;border-radius:6px;background:#f3f3f5;white-space:pre-wrap;"
        + "overflow-wrap:anywhere;font:14px/1.5 ui-monospace,Menlo,Consolas,monospace";
    private const string Button = "display:inline-block;margin:0 .5rem .5rem 0;padding:.6rem 1.25rem;border-radius:6px;text-decoration:none;font-weight:600";
    private const string Strong = Button + ";background:#1a7f47;color:#ffffff";
    private const string Weak = Button + ";background:#b3261e;color:#ffffff";

    /// <summary>Writes a mail about a log.</summary>
    /// <param name="id">The outbox message: a mail that is sent twice has the same id both times.</param>
    /// <param name="recipient">Whom to write to.</param>
    /// <param name="notice">What to tell.</param>
    /// <param name="decision">The decision that stands; null while there is none.</param>
    /// <param name="approve">Where to approve.</param>
    /// <param name="reject">Where to reject.</param>
    public MimeMessage About(string id, MailboxAddress recipient, Notice notice, Decision? decision, string approve, string reject) =>
        Compose(id, recipient, notice.Headline, TextOf(notice, decision, approve, reject), HtmlOf(notice, decision, approve, reject));

    /// <summary>Writes a mail that shows that mails arrive.</summary>
    public MimeMessage Test(MailboxAddress recipient, string workspaceName)
    {
        string text = $"Tracira can write to you. Outputs of {Excerpt.Line(workspaceName, MaxSubject)} that wait for a person will be announced at this address.";
        return Compose(Guid.NewGuid().ToString(), recipient, "Tracira can write to you", text, Page(Html.Of($"<p>{text}</p>")));
    }

    private MimeMessage Compose(string id, MailboxAddress recipient, string subject, string text, Html html)
    {
        var from = MailboxAddress.Parse(options.Mail!.From);
        var message = new MimeMessage
        {
            Subject = Excerpt.Line(subject, MaxSubject),
            Date = time.GetUtcNow(),
            MessageId = $"{id}@{from.Domain}",
            Body = new BodyBuilder { TextBody = text, HtmlBody = html.Text }.ToMessageBody(),
        };
        message.From.Add(from);
        message.To.Add(recipient);
        message.Headers.Add("Auto-Submitted", "auto-generated"); // or people who are away would answer
        message.Headers.Add("X-Auto-Response-Suppress", "All");
        return message;
    }

    private static string TextOf(Notice notice, Decision? decision, string approve, string reject)
    {
        string task = notice.Task is null ? "" : $"Task: {notice.Task}\n";
        string reasons = string.Join('\n', notice.Reasons.Select(static reason => $"- {reason.Name}: {reason.Text}"));
        string answer = decision is null
            ? $"Approve: {approve}\n\nReject: {reject}\n\nA page asks you once more before anything is decided."
            : DecisionText.Standing(decision);
        return $"{notice.Headline}\n\nProject: {notice.Project}\n{task}\n{reasons}\n\n{Excerpt.Of(notice.Content, MaxContent)}\n\n{answer}\n\nThe whole log: {notice.Link}\n";
    }

    private static Html HtmlOf(Notice notice, Decision? decision, string approve, string reject)
    {
        Html task = notice.Task is { } name ? Html.Of($"<br>Task: {name}") : default;
        var reasons = Html.Join(notice.Reasons.Select(static reason => Html.Of($"<li><strong>{reason.Name}</strong>: {reason.Text}</li>")));
        Html answer = decision is null
            ? Html.Of($"""
                <p style="margin:0"><a style="{Strong}" href="{approve}">Approve</a><a style="{Weak}" href="{reject}">Reject</a></p>
                <p style="{Faint}">A page asks you once more before anything is decided.</p>
                """)
            : Html.Of($"<p><strong>{DecisionText.Standing(decision)}</strong></p>");
        return Page(Html.Of($"""
            <h1 style="margin:0 0 .75rem;font-size:20px">{notice.Headline}</h1>
            <p style="margin:0 0 .75rem">Project: {notice.Project}{task}</p>
            <ul style="margin:0 0 1.25rem;padding-left:1.25rem">{reasons}</ul>
            <div style="{Block}">{Excerpt.Of(notice.Content, MaxContent)}</div>
            {answer}
            <p style="{Faint}"><a style="color:inherit" href="{notice.Link}">See the whole log</a></p>
            """));
    }

    private static Html Page(Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Tracira</title></head>
        <body style="margin:0;background:#ffffff"><div style="{Frame}">
        {content}
        </div></body>
        </html>
        """);
}
