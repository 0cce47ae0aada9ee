using System.Globalization;
using System.Text;
using Shouldly;
using Tracira.Engine.Tests.Reference;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class CaseFoldingTests
{
    [Fact]
    public void Characters_are_the_same_without_regard_to_case_where_Unicode_says_so_and_nowhere_else()
    {
        Dictionary<string, string> expected = [];
        List<string> different = [];
        HashSet<string> taken = [];
        for (int value = 0; value <= 0x10FFFF; value++)
        {
            if (!Rune.TryCreate(value, out Rune rune) || !IsKnown(rune) || !IsKnown(ReferenceFolding.Fold(rune)))
                continue;
            string folded = CaseFolding.Fold(rune.ToString());
            string reference = ReferenceFolding.Fold(rune).ToString();
            bool isPartner = expected.TryGetValue(reference, out string? first);
            if (isPartner ? first != folded : !taken.Add(folded))
                different.Add($"U+{value:X4}");
            expected.TryAdd(reference, folded);
        }

        different.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\u0390", "\u1FD3")]
    [InlineData("\u03B0", "\u1FE3")]
    [InlineData("\uFB06", "\uFB05")]
    public void Letters_that_have_no_upper_case_of_their_own_are_found_as_each_other(string one, string other)
    {
        Judge.Flags(RuleType.KeywordForbidden, $"x{one}y", $"a X{other}Y b").ShouldBeTrue();
        Judge.Flags(RuleType.KeywordForbidden, $"x{other}y", $"a X{one}Y b").ShouldBeTrue();
    }

    // The reference may be of a later Unicode than the runtime, which then knows a letter, or its partner, not yet.
    private static bool IsKnown(Rune rune) => Rune.GetUnicodeCategory(rune) != UnicodeCategory.OtherNotAssigned;
}
