using System.Buffers;

namespace Tracira;

/// <summary>
/// The forbidden keywords of all rules of a set together. Most outputs have none of them, and one vectorised pass over the text tells that
/// for every rule at once.
/// </summary>
internal sealed class ForbiddenKeywords
{
    private readonly SearchValues<string> _exact;
    private readonly SearchValues<string> _folded;

    public ForbiddenKeywords(IEnumerable<Condition> conditions)
    {
        KeywordSearch[] searches = [.. conditions.OfType<ForbiddenKeywordCondition>().Select(static condition => condition.Search)];
        _exact = NeedlesOf(searches, caseSensitive: true);
        _folded = NeedlesOf(searches, caseSensitive: false);
    }

    /// <summary>Whether one of them may be in a text, which is folded unless case matters.</summary>
    public bool MayOccurIn(ReadOnlySpan<char> text, bool caseSensitive) => text.ContainsAny(caseSensitive ? _exact : _folded);

    private static SearchValues<string> NeedlesOf(IEnumerable<KeywordSearch> searches, bool caseSensitive) => SearchValues.Create(
        [.. searches.Where(search => search.CaseSensitive == caseSensitive).SelectMany(static search => search.Needles)], StringComparison.Ordinal);
}
