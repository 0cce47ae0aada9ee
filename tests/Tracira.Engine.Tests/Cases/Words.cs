using System.Globalization;
using System.Text;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Keywords that resemble each other, and texts in which they are, or almost.</summary>
internal sealed class Words(Draw draw)
{
    private static readonly int[] Widths = [15, 16, 17, 31, 32, 33, 63, 64, 65, 127, 128, 129];
    private readonly string[] _letters = Alphabets.Some(draw);
    private readonly List<string> _words = [];

    /// <summary>Letters of the case, in a row.</summary>
    public string Letters(int count) => string.Concat(draw.Many(count, count, () => draw.Of(_letters)));

    /// <summary>A keyword: new, or one that shares something with an earlier one. Never blank.</summary>
    public string Next()
    {
        string word = _words.Count == 0 || draw.Percent(40) ? Fresh() : Related(draw.Of(_words));
        word = WithoutNewHalves(word.Length > 1_000 ? word[..1_000] : word);
        if (word.All(char.IsWhiteSpace))
            word += "a";
        _words.Add(word);
        return word;
    }

    /// <summary>A text made of the keywords so far, whole or almost, and of other letters.</summary>
    public string Text()
    {
        int pieces = draw.Between(0, 2 + (draw.Size / 2));
        var text = new StringBuilder();
        if (draw.Percent(30))
            text.Append(Letters(draw.Of(Widths))); // what follows lies at the seam of two vectors
        for (int piece = 0; piece < pieces; piece++)
            text.Append(Piece());
        string all = text.ToString();
        // Cut, so that keywords are cut off at the beginning and at the end.
        int from = draw.Percent(30) ? draw.Below(all.Length + 1) : 0;
        int to = draw.Percent(30) ? draw.Between(from, all.Length) : all.Length;
        return all[from..to];
    }

    /// <summary>A keyword so far, as it is or almost; letters where there are none.</summary>
    public string Piece()
    {
        if (_words.Count == 0 || draw.Percent(25))
            return Letters(draw.Percent(90) ? draw.Between(1, 4) : draw.Of(Widths));
        string word = draw.Of(_words);
        return draw.Below(8) switch
        {
            0 => Flipped(word),
            1 => Flipped(word),
            2 => word[..draw.Below(word.Length)],
            3 => word[draw.Below(word.Length)..],
            4 => word.Remove(draw.Below(word.Length), 1),
            _ => word,
        };
    }

    private string Fresh() => draw.Below(20) switch
    {
        0 => Letters(300),
        1 => string.Concat(Enumerable.Repeat(Letters(1), draw.Between(8, 70))),
        2 => Letters(draw.Between(7, 40)),
        < 8 => Letters(1),
        < 14 => Letters(2),
        _ => Letters(draw.Between(1, 6)),
    };

    private string Related(string word) => draw.Below(7) switch
    {
        0 => word[..draw.Between(1, word.Length)],
        1 => word[draw.Below(word.Length)..],
        2 => word + Letters(1),
        3 => Letters(1) + word,
        4 => word + draw.Of(_words),
        5 => Flipped(word),
        _ => word.Remove(draw.Below(word.Length), 1) is { Length: > 0 } shorter ? shorter : word,
    };

    // What half of a pair is the same as without regard to case is not defined, so cutting a keyword must not leave one that has case.
    private string WithoutNewHalves(string word)
    {
        var whole = new StringBuilder();
        for (int at = 0; at < word.Length; at++)
        {
            if (Rune.TryGetRuneAt(word, at, out Rune rune))
            {
                whole.Append(rune.ToString());
                at += rune.Utf16SequenceLength - 1;
            }
            else if (_letters.Contains(word[at].ToString()))
            {
                whole.Append(word[at]);
            }
        }

        return whole.ToString();
    }

    private string Flipped(string word) => draw.Below(3) switch
    {
        0 => word.ToUpperInvariant(),
        1 => word.ToLowerInvariant(),
        _ => string.Concat(word.Select(letter => draw.Percent(50) ? CultureInfo.InvariantCulture.TextInfo.ToUpper(letter) : char.ToLowerInvariant(letter))),
    };
}
