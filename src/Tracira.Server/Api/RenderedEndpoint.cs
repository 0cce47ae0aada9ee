using System.Net;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Tracira.Server.Auth;

namespace Tracira.Server.Api;

/// <summary>
/// A log's output as a page shows it: Markdown as HTML that can do nothing. HTML in the output stays text; a link leads to web and mail
/// addresses only; an image becomes a link, so that opening a log asks nobody else.
/// </summary>
internal sealed class RenderedEndpoint(ITraciraStore store)
{
    // Some texts take Markdig time that grows with the square of their length: this many characters take it less than a second.
    private const int MaxMarkdown = 32 * 1024;

    // A few cells under a wide head make a table of any size.
    private const int MaxHtml = 64 * MaxMarkdown;

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseTaskLists().UseEmphasisExtras().Build();

    private static readonly string[] Schemes = ["http", "https", "mailto"];

    public void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/logs/{id}/rendered", Show)
            .Requires(Permissions.Read)
            .Describe("getRenderedOutput", "Logs", "The output's Markdown as harmless HTML")
            .TakesId()
            .Returns<RenderedAnswer>(200)
            .Fails(401, 403, 404);

    /// <summary>Renders an output: as the text that it is, where it is too long, or too deeply nested, to be read as Markdown.</summary>
    public static string Render(string output)
    {
        try
        {
            if (output.Length <= MaxMarkdown && RenderMarkdown(output) is { Length: <= MaxHtml } html)
                return html;
        }
        catch (ArgumentException)
        {
            // Markdig's word for brackets, quotes, lists or emphasis that are nested too deeply.
        }

        return $"<pre>{WebUtility.HtmlEncode(output)}</pre>";
    }

    private async Task Show(HttpContext http)
    {
        string id = (string)http.Request.RouteValues["id"]!;
        if (await store.Logs.FindAsync(Caller.Of(http).Workspace.Id, id, http.RequestAborted).ConfigureAwait(false) is { } log)
            await Answers.Json(http, 200, new RenderedAnswer(Render(log.Output)), ApiJson.Wire.RenderedAnswer).ConfigureAwait(false);
        else
            await Answers.NotFound(http, "log").ConfigureAwait(false);
    }

    private static string RenderMarkdown(string markdown)
    {
        MarkdownDocument document = Markdown.Parse(markdown, Pipeline);
        foreach (LinkInline link in document.Descendants<LinkInline>().ToArray())
        {
            if (!IsHarmless(link.Url))
                link.Url = "";
            link.IsImage = false;
            link.GetDynamicUrl = null;
        }

        foreach (AutolinkInline link in document.Descendants<AutolinkInline>().ToArray())
        {
            if (!link.IsEmail && !IsHarmless(link.Url))
                link.ReplaceBy(new LiteralInline(link.Url));
        }

        return document.ToHtml(Pipeline);
    }

    private static bool IsHarmless(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && Schemes.Contains(address.Scheme, StringComparer.OrdinalIgnoreCase);
}

/// <summary>An output as HTML.</summary>
internal sealed record RenderedAnswer(string Html);
