using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Tracira.Server.Outbound;

/// <summary>A piece of HTML. Whatever is filled into one is text and can be nothing else, unless it is HTML of ours itself.</summary>
/// <param name="Text">The markup.</param>
internal readonly record struct Html(string Text)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Makes HTML of an interpolated string; its literal parts are the markup.</summary>
    public static Html Of(Writer writer) => writer.ToHtml();

    /// <summary>One piece behind the other.</summary>
    public static Html Join(IEnumerable<Html> pieces) => new(string.Concat(pieces.Select(static piece => piece.Text)));

    public override string ToString() => Text;

    /// <summary>What the compiler makes of an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Writer(int literalLength, int holes)
    {
        private readonly StringBuilder _text = new(literalLength + (32 * holes));

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(text is null ? "" : Encoder.Encode(text));

        public void AppendFormatted(Html html) => _text.Append(html.Text);

        public Html ToHtml() => new(_text.ToString());
    }
}
