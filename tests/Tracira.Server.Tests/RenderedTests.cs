using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Tracira.Server.Api;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>GET /api/logs/{id}/rendered: Markdown as HTML that can do nothing, whatever the output is.</summary>
public sealed partial class RenderedTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    // The elements that a page makes anew, and the attributes they may have.
    private static readonly string[] Elements =
    [
        "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "del", "sub", "sup", "ins", "mark", "a",
        "table", "thead", "tbody", "tr", "th", "td", "input",
    ];

    private static readonly string[] Attributes = ["href", "title", "class", "style", "type", "disabled", "checked", "start"];

    [Fact]
    public async Task Markdown_becomes_what_it_means()
    {
        const string Output = "# Offer\n\n| item | price |\n|:-----|------:|\n| *one* | `20 €` |\n\n- [x] sent\n- [ ] paid\n\n1. **bold** ~~gone~~\n\n> quote\n\n```js\nif (a < b) alert(1)\n```\n";
        string html = await RenderAsync(Output);
        foreach (string part in (string[])[
            "<h1>Offer</h1>", "<th style=\"text-align: left;\">item</th>", "<td style=\"text-align: left;\"><em>one</em></td>", "<code>20 €</code>", "type=\"checkbox\"",
            "<strong>bold</strong>", "<del>gone</del>", "<blockquote>", "if (a &lt; b) alert(1)"])
            html.ShouldContain(part);
        ShouldBeHarmless(html);
    }

    [Theory]
    [InlineData("[x](https://example.com/?a=1&b=2)", "<a href=\"https://example.com/?a=1&amp;b=2\">x</a>")]
    [InlineData("<mailto:ada@example.com>", "<a href=\"mailto:ada@example.com\">")]
    [InlineData("<ada@example.com>", "<a href=\"mailto:ada@example.com\">")]
    [InlineData("[x](javascript:alert(1))", "<a href=\"\">x</a>")]
    [InlineData("[x](JaVaScRiPt:alert(1))", "<a href=\"\">x</a>")]
    [InlineData("[x](&#106;avascript&colon;alert(1))", "<a href=\"\">x</a>")]
    [InlineData("[x](<java\tscript:alert(1)>)", "<a href=\"\">x</a>")]
    [InlineData("[x](vbscript:msgbox(1))", "<a href=\"\">x</a>")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)", "<a href=\"\">x</a>")]
    [InlineData("[x](file:///etc/passwd)", "<a href=\"\">x</a>")]
    [InlineData("[x](//evil.example/)", "<a href=\"\">x</a>")]
    [InlineData("[x](/settings)", "<a href=\"\">x</a>")]
    [InlineData("[x][r]\n\n[r]: javascript:alert(1)", "<a href=\"\">x</a>")]
    [InlineData("<javascript:alert(1)>", "javascript:alert(1)")]
    [InlineData("<data:text/html,hello>", "data:text/html,hello")]
    [InlineData("[x](https://example.com/ \"a\\\" onmouseover=\\\"alert(1)\")", "title=\"a&quot; onmouseover=&quot;alert(1)\"")]
    public async Task A_link_leads_to_the_web_or_to_mail_or_nowhere(string output, string part)
    {
        string html = await RenderAsync(output);
        html.ShouldContain(part);
        ShouldBeHarmless(html);
    }

    [Theory]
    [InlineData("![alt](https://tracker.example/pixel.gif?who=ada)")]
    [InlineData("![alt][r]\n\n[r]: https://tracker.example/pixel.gif")]
    [InlineData("[![alt](https://tracker.example/a.png)](https://example.com/)")]
    [InlineData("<img src=https://tracker.example/a.png>")]
    [InlineData("![alt](data:image/svg+xml,<svg onload=alert(1)>)")]
    [InlineData("![alt](javascript:alert(1))")]
    public async Task An_image_asks_nobody_for_anything(string output) => ShouldBeHarmless(await RenderAsync(output));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<b onclick=alert(1)>x</b>")]
    [InlineData("a <iframe srcdoc='<script>alert(1)</script>'> b")]
    [InlineData("<!-- --><svg onload=alert(1)>")]
    [InlineData("<style>*{background:url(https://tracker.example)}</style>")]
    [InlineData("<div>\n\n**x**\n\n</div>")]
    [InlineData("`<script>`\n\n    <script>\n\n```<script>\n<script>\n```")]
    [InlineData("# <img src=x onerror=alert(1)>\n\n|<script>|\n|-|\n|<script>|")]
    [InlineData("```\"><script>alert(1)</script>\nx\n```")]
    [InlineData("<?php ?><![CDATA[<script>]]>")]
    public async Task HTML_stays_text(string output) => ShouldBeHarmless(await RenderAsync(output));

    // Each takes Markdig time that grows with the square of its length, nests it as deep as it goes, or makes much of little.
    [Theory]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("[a](")]
    [InlineData("[](")]
    [InlineData("[a][")]
    [InlineData("*a_ ")]
    [InlineData("a**b")]
    [InlineData("**x_*y ~z^q")]
    [InlineData("_a *b ~c ^d ++e ==f ")]
    [InlineData("> ")]
    [InlineData("1. ")]
    [InlineData("- * + ")]
    [InlineData("<![CDATA[")]
    [InlineData("![[]()")]
    [InlineData("|a")]
    [InlineData("`a``b")]
    [InlineData("[a]: b\n")]
    [InlineData("a\n=\n")]
    [InlineData("\\")]
    public async Task A_text_that_is_hard_on_a_parser_is_answered_all_the_same(string part)
    {
        string output = string.Concat(Enumerable.Repeat(part, 50_000 / part.Length));
        foreach (int length in (int[])[output.Length, 32 * 1024, 5_000])
        {
            var clock = Stopwatch.StartNew();
            ShouldBeHarmless(await RenderAsync(output[..length]));
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task A_small_text_does_not_become_a_large_page()
    {
        string head = string.Concat(Enumerable.Repeat("|a", 120)) + "|\n" + string.Concat(Enumerable.Repeat("|-", 120)) + "|\n";
        string html = await RenderAsync(head + string.Concat(Enumerable.Repeat("|\n", 15_000)));
        html.Length.ShouldBeLessThan(2_500_000);
        ShouldBeHarmless(html);
    }

    [Fact]
    public void Ten_megabytes_are_shown_as_the_text_they_are_at_once()
    {
        string output = string.Concat(Enumerable.Repeat("[a](<b>*c*&\"\n", 10_000_000 / 13));
        var clock = Stopwatch.StartNew();
        string html = RenderedEndpoint.Render(output);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        html.ShouldBe($"<pre>{output.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;")}</pre>");
    }

    private async Task<string> RenderAsync(string output)
    {
        Answer log = await server.Http.PostJsonAsync("/api/logs", $$"""{"project":"p","output":{{JsonSerializer.Serialize(output)}}}""");
        log.Status.ShouldBe(202, $"{log.Body}");
        Answer rendered = await server.Http.GetJsonAsync($"/api/logs/{log.Id}/rendered");
        rendered.Status.ShouldBe(200, $"{rendered.Body}");
        return rendered["html"]!;
    }

    private static void ShouldBeHarmless(string html)
    {
        foreach (Match tag in Tag().Matches(html))
        {
            Elements.ShouldContain(tag.Groups["name"].Value, tag.Value);
            string rest = tag.Groups["attributes"].Value;
            Attribute().Replace(rest, "").Trim(' ', '/').ShouldBeEmpty(tag.Value);
            foreach (Match attribute in Attribute().Matches(rest))
            {
                Attributes.ShouldContain(attribute.Groups["name"].Value, tag.Value);
                string value = attribute.Groups["value"].Value;
                if (attribute.Groups["name"].Value == "href")
                    value.ShouldMatch("^(https?:|mailto:|$)", tag.Value);
                if (attribute.Groups["name"].Value == "style")
                    value.ShouldMatch("^(text-align: (left|center|right);)$", tag.Value);
            }
        }

        Tag().Replace(html, "").ShouldNotContain('<');
    }

    [GeneratedRegex("</?(?<name>[a-z0-9]+)(?<attributes>(\\s+[a-z]+(=\"[^\"<]*\")?)*\\s*/?)>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s(?<name>[a-z]+)(=\"(?<value>[^\"]*)\")?")]
    private static partial Regex Attribute();
}
