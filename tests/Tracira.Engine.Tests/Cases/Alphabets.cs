namespace Tracira.Engine.Tests.Cases;

/// <summary>Small sets of letters, each chosen for a way in which matching can go wrong.</summary>
internal static class Alphabets
{
    private static readonly string[][] All =
    [
        ["a", "b"],
        ["a", "b", "A", "B"],
        ["k", "K", "\u212A", "s", "S", "\u017F", "ß", "\u1E9E", "å", "Å", "\u212B"], // Kelvin, long s, Ångström
        ["i", "I", "İ", "ı", "i\u0307"],
        ["Σ", "σ", "ς", "α", "Α", "ά", "θ", "ϑ", "ϴ", "Θ", "ι", "\u0345", "\u1FBE", "µ", "μ"],
        ["д", "Д", "\u1C81", "т", "Т", "\u1C84", "\u1C85", "ж", "ё", "Ё"],
        ["\U00010400", "\U00010428", "\U00010401", "\U00010429", "\U0001E900", "\U0001E922"], // Deseret, Adlam
        ["Ꭰ", "ꭰ", "Ᏸ", "ᏸ", "ა", "Ა", "Ⴀ", "ⴀ"], // Cherokee, Georgian
        ["ǆ", "ǅ", "Ǆ", "Ⅷ", "ⅷ", "ⓐ", "Ⓐ", "ÿ", "Ÿ", "ﬁ"],
        ["\u0390", "\u1FD3", "\u03B0", "\u1FE3", "\uFB05", "\uFB06", "s"], // the same letters, but of no common upper case
        ["a", "_", "-", " ", ".", "1", "\u0301", "\u20DD", "\u200D", "‿", "²", "’"], // what bounds a word, and what does not
        ["割", "引", "が", "か\u3099", "カ", "ｶ", "，"],
        ["👋", "🏽", "👋🏽", "👩\u200D🔬", "\uFE0F"],
        ["خ", "ص", "م", "\u064E", "छ", "ू", "ट", "क", "\u094D"],
        ["\0", "\n", "\r", "\t", "\uFEFF", "\uFFFD", "\uFFFF", "a"],
        ["\ud83d", "\udffe", "\udbff", "\udfff", "a"], // halves of pairs that have no case, whichever they are put together with
        ["@", "[", "`", "{", "a", "Z", "z", "0", "\u007F", "\u0080", "à", "À"], // next to the letters of ASCII
        [.. "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 ".Select(static letter => letter.ToString())],
        [.. "etaoinsrhldcu .,".Select(static letter => letter.ToString())],
        ["the", "The", " ", "dis", "count", "re", "fund", "s", ", ", "% off", "€"],
    ];

    /// <summary>Letters for one case: those of one alphabet or of a few, often only some of them, so that hits are frequent.</summary>
    public static string[] Some(Draw draw)
    {
        string[] letters = draw.Percent(60) ? draw.Of(All) : [.. draw.Many(2, 3, () => draw.Of(All)).SelectMany(static alphabet => alphabet)];
        return draw.Percent(50) ? letters : [.. draw.Many(1, 4, () => draw.Of(letters))];
    }
}
