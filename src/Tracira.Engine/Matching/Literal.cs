namespace Tracira;

/// <summary>A text to be found as it is.</summary>
/// <param name="Text">What to find: folded by <see cref="CaseFolding"/> unless case matters; not empty.</param>
/// <param name="CaseSensitive">Whether case matters.</param>
/// <param name="WholeWord">Whether only whole words count.</param>
internal readonly record struct Literal(string Text, bool CaseSensitive, bool WholeWord)
{
    /// <summary>Whether it is at a place of a text that has not been folded.</summary>
    public bool IsAt(ReadOnlySpan<char> text, int start) =>
        start <= text.Length - Text.Length
        && (CaseSensitive ? text.Slice(start, Text.Length).SequenceEqual(Text) : CaseFolding.IsAt(text, start, Text))
        && (!WholeWord || WordBoundary.Surrounds(text, start, Text.Length));
}
