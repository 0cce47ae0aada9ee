using Tracira.Server.Api;

namespace Tracira.Server.Outbound.Mail;

/// <summary>The page behind the links in a mail: asks whether it is meant, and says what came of it.</summary>
internal static class ReviewPage
{
    /// <summary>Asks.</summary>
    /// <param name="notice">The log.</param>
    /// <param name="link">By which the reader came.</param>
    public static Html Ask(Notice notice, ReviewLink link)
    {
        DecisionKind[] kinds = link.Suggested == DecisionKind.Rejected
            ? [DecisionKind.Rejected, DecisionKind.Approved]
            : [DecisionKind.Approved, DecisionKind.Rejected];
        var buttons = Html.Join(kinds.Select(static kind => Html.Of(
            $"""<button name="decision" value="{WireNames.Decision[kind]}" class="{WireNames.Decision[kind]}">{Label(kind)}</button>""")));
        return Page(notice.Headline, Html.Of($"""
            {About(notice)}
            <form method="post">
              <label>Note (optional) <textarea name="note" rows="2" maxlength="2000"></textarea></label>
              <div class="buttons">{buttons}</div>
              <p class="faint">You decide as {link.Recipient}.</p>
            </form>
            """));
    }

    /// <summary>Says what came of a decision, or why there is none to make any more.</summary>
    public static Html Tell(string title, string sentence, Notice? notice) => Page(title, Html.Of($"""
        <p role="status"><strong>{sentence}</strong></p>
        {(notice is null ? default : About(notice))}
        """));

    private static Html About(Notice notice)
    {
        Html task = notice.Task is { } name ? Html.Of($"<dt>Task</dt><dd>{name}</dd>") : default;
        var reasons = Html.Join(notice.Reasons.Select(static reason => Html.Of($"<dt>{reason.Name}</dt><dd>{reason.Text}</dd>")));
        return Html.Of($"""
            <dl><dt>Project</dt><dd>{notice.Project}</dd>{task}{reasons}</dl>
            <pre tabindex="0">{notice.Content}</pre>
            """);
    }

    private static Html Page(string title, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <meta name="robots" content="noindex">
          <title>{title} - Tracira</title>
          <link rel="stylesheet" href="/review.css">
        </head>
        <body>
          <main>
            <h1>{title}</h1>
            {content}
          </main>
        </body>
        </html>
        """);

    private static string Label(DecisionKind kind) => kind == DecisionKind.Rejected ? "Reject" : "Approve";
}
