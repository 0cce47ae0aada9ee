using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>A signature may let a text through that is not there, and never the other way round.</summary>
public sealed class TextSignatureTests
{
    [Fact]
    public void Characters_that_are_equal_without_regard_to_case_share_a_byte()
    {
        foreach (IGrouping<int, char> likely in Enumerable.Range(0, char.MaxValue + 1).Select(static unit => (char)unit)
            .GroupBy(static unit => StringComparer.OrdinalIgnoreCase.GetHashCode(unit.ToString())))
        {
            char[] units = [.. likely];
            for (int i = 1; i < units.Length; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (string.Equals(units[i].ToString(), units[j].ToString(), StringComparison.OrdinalIgnoreCase))
                        TextSignature.FoldedOf(units[i]).ShouldBe(TextSignature.FoldedOf(units[j]), $"U+{(int)units[i]:X4} U+{(int)units[j]:X4}");
                }
            }
        }
    }

    [Fact]
    public void Whatever_a_text_contains_has_no_bit_that_it_lacks()
    {
        const string Alphabet = "abcXYZ .äÖßжЖ返é\u0130\u0131\u212A\u017F\0\uD83D\uDC4D\uD801\uDC00\uDC28";
        var random = new Random(3);
        for (int round = 0; round < 20_000; round++)
        {
            string text = new(random.GetItems<char>(Alphabet, random.Next(60)));
            int start = random.Next(text.Length + 1);
            string part = text.Substring(start, random.Next(text.Length - start + 1));
            part = random.Next(3) switch { 0 => part.ToUpperInvariant(), 1 => part.ToLowerInvariant(), _ => part };
            if (!text.Contains(part, StringComparison.OrdinalIgnoreCase))
                continue;
            ulong[] signature = Of(text);
            TextSignature.BitsOf(part).ShouldAllBe(bit => TextSignature.Has(signature, bit));
        }
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("ab", 0)]
    [InlineData("abc", 1)]
    [InlineData("ABCabc", 3)]
    public void A_text_asks_for_a_bit_for_each_of_its_groups_of_three(string text, int bits) => TextSignature.BitsOf(text).Length.ShouldBe(bits);

    [Fact]
    public void A_word_meets_few_texts_that_do_not_have_it()
    {
        var random = new Random(4);
        string[] words = [.. Enumerable.Range(0, 4_000).Select(_ => new string(random.GetItems<char>("etaoinshrdlucmfwypvbgk", random.Next(3, 10))))];
        int[] bits = TextSignature.BitsOf("reimbursement");
        int met = Enumerable.Range(0, 10_000).Count(_ =>
        {
            ulong[] signature = Of(string.Join(' ', random.GetItems(words, 110)));
            return Array.TrueForAll(bits, bit => TextSignature.Has(signature, bit));
        });
        met.ShouldBeLessThan(10);
    }

    private static ulong[] Of(string text)
    {
        ulong[] signature = new ulong[TextSignature.Words];
        TextSignature.Write(text, signature);
        return signature;
    }
}
