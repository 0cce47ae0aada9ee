using System.Globalization;
using System.Text;

namespace Tracira.Engine.Tests.Reference;

/// <summary>Keywords, looked for at every place of a text, one by one.</summary>
internal static class ReferenceKeywords
{
    /// <summary>Why a text does not have the keywords that are required; null where it does.</summary>
    public static string? MissingFrom(string text, KeywordValue value)
    {
        string searched = SearchedIn(text, value);
        string[] missing = [.. value.Keywords.Where(keyword => PlacesOf(keyword, text, searched, value).Count == 0)];
        if (!value.RequireAny)
            return missing.Length == 0 ? null : $"\"{missing[0]}\" is missing";
        if (missing.Length < value.Keywords.Count)
            return null;
        string shown = string.Join(", ", missing.Take(5).Select(static keyword => $"\"{keyword}\""));
        return $"none of {missing.Length} keywords is there: {shown}{(missing.Length > 5 ? ", …" : "")}";
    }

    /// <summary>Which keyword a text has, the first of the list; null where it has none.</summary>
    public static string? FoundIn(string text, KeywordValue value)
    {
        string searched = SearchedIn(text, value);
        return value.Keywords.FirstOrDefault(keyword => PlacesOf(keyword, text, searched, value).Count > 0) is { } found ? $"contains \"{found}\"" : null;
    }

    /// <summary>Where the keywords are, in text order; where several begin at one place, in the order of the list.</summary>
    public static IEnumerable<TextMatch> PlacesIn(string text, KeywordValue value)
    {
        string searched = SearchedIn(text, value);
        return value.Keywords.SelectMany(keyword => PlacesOf(keyword, text, searched, value)).OrderBy(static place => place.Start);
    }

    private static string SearchedIn(string text, KeywordValue value) => value.CaseSensitive ? text : ReferenceFolding.Fold(text);

    // The places of one keyword do not overlap: the search goes on behind a find.
    private static List<TextMatch> PlacesOf(string keyword, string text, string searched, KeywordValue value)
    {
        List<TextMatch> places = [];
        string sought = SearchedIn(keyword, value);
        for (int at = 0; at + sought.Length <= searched.Length; at++)
        {
            if (string.CompareOrdinal(searched, at, sought, 0, sought.Length) == 0 && (!value.WholeWord || IsWholeWord(text, at, at + sought.Length)))
            {
                places.Add(new TextMatch(at, sought.Length));
                at += sought.Length - 1;
            }
        }

        return places;
    }

    private static bool IsWholeWord(string text, int start, int end) => !IsPartOfWord(CharacterBefore(text, start)) && !IsPartOfWord(CharacterAt(text, end));

    private static bool IsPartOfWord(Rune? character) => character is { } known && Rune.GetUnicodeCategory(known) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
        or UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber or UnicodeCategory.ConnectorPunctuation;

    // A lone surrogate is no character.
    private static Rune? CharacterAt(string text, int at) => Rune.TryGetRuneAt(text, at < text.Length ? at : 0, out Rune rune) && at < text.Length ? rune : null;

    private static Rune? CharacterBefore(string text, int end)
    {
        if (end >= 2 && char.IsSurrogatePair(text[end - 2], text[end - 1]))
            return new Rune(text[end - 2], text[end - 1]);
        return end >= 1 && Rune.TryCreate(text[end - 1], out Rune rune) ? rune : null;
    }
}
