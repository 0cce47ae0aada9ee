using System.Diagnostics;
using System.Text.RegularExpressions;
using CsCheck;
using Shouldly;
using Tracira.Benchmarks;
using Tracira.Engine.Tests.Cases;
using Tracira.Engine.Tests.Reference;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>Patterns that are looked for together are found where .NET finds each of them by itself.</summary>
public sealed class RegexScannerTests
{
    [Theory]
    [InlineData(@"(?:\p{L}|(?:ÿ)*q)ⅷZ|0Iﬁⅷ", "", "0Iﬁⅷ qⅷZ")] // one way has an end, the other not
    [InlineData(@"[0-9]+ ?(?:dollars|euros)", "i", "12 dollars 7euros x euros 1 2 EUROS")]
    [InlineData(@"\b[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{2} ?€", "", "1.234,50 € 1234,50€ 12.345.678,00 €")]
    [InlineData("^Dear|Regards$", "m", "Dear A\nDear B\nRegards\nMy Regards\n")]
    [InlineData("Regards$", "", "Regards\n")]
    [InlineData(@"Regards\z", "", "Regards\n")]
    [InlineData(@"Regards\Z", "", "Regards\n")]
    [InlineData("x$\n", "", "x\n")]
    [InlineData(@"\bkey\b", "i", "\u212Aey key_ KEY\u200D key key\u0301 ,kEY")]
    [InlineData(@"\Bkey\B", "", "key monkeys")]
    [InlineData("a(?:b|bc)(?:cd|d)?", "", "abcd abc abd")] // the earlier way, though another one would go further
    [InlineData("<.+?>", "", "<a><b> <c\n>")]
    [InlineData("@.*?;", "s", "@\n; @;;")]
    [InlineData("[^\\s@]+@[^\\s@]+", "", "a@b@c ä@ö 割@引 @ a@")]
    [InlineData(@"€\s?\p{Nd}+", "", "€ 12 €٣ €x")]
    [InlineData("!{3,}", "", "!!!!!! !! !!!")]
    [InlineData("aa!|a!a", "", "aa!a!aa!")]
    [InlineData("#\\Bx", "", "#x")] // cannot be
    [InlineData(@"\b[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?\b", "", "SELECT ABCDEF12 BANKDE SELECTED ABCDEF12345")] // runs that are too short
    [InlineData(@"[A-Z]{4}(?:[0-9]{20}|x)", "", "ABCDx EFGH12345678901234567890")] // one way ends sooner
    [InlineData("[A-Z]{4}[a-z ]{4,}\n$", "", "ABCD efgh\n")]
    public void A_pattern_is_found_where_the_framework_finds_it(string pattern, string flags, string text)
    {
        Regex regex = RegexValue.Compile(pattern, flags);
        foreach (string round in new[] { "", "\n", "a", "割引 ", new string(' ', 61), new string('x', 127) + " " })
            Difference([regex], round + text + round).ShouldBeNull();
    }

    [Fact]
    public void Patterns_put_together_without_sense_are_found_where_the_framework_finds_them()
    {
        int known = 0;
        Gen.Int.Sample(
            seed =>
            {
                var draw = new Draw(seed, 1);
                List<Regex> regexes = [];
                for (int i = 0; i < 40; i++)
                {
                    if (LoosePatterns.TryNext(draw, out Regex? regex))
                        regexes.Add(regex);
                }

                foreach (string text in draw.Many(12, 12, () => LoosePatterns.Text(draw) + LoosePatterns.Text(draw) + LoosePatterns.Text(draw)))
                {
                    if (Difference(regexes, text) is { } difference)
                        Assert.Fail(difference);
                }

                Interlocked.Add(ref known, regexes.Count);
            },
            iter: 600);
        known.ShouldBeGreaterThan(2_000);
    }

    [Fact]
    public void Every_pattern_that_workspaces_have_is_looked_for_by_windows_that_are_rare()
    {
        RegexNode[] nodes = [.. SamplePatterns.All.Select(static pattern => RegexReader.Read(RegexValue.Compile(pattern.Pattern, pattern.Flags)).ShouldNotBeNull())];
        var letters = new RegexAlphabet.Builder();
        nodes.ShouldAllBe(node => letters.TryAdd(node));
        RegexAlphabet alphabet = letters.Build();
        var shares = new ByteShares();
        nodes.ShouldAllBe(node => RegexPattern.Of(node, alphabet, shares).Windows != null);
    }

    [Theory]
    [InlineData(@"\p{L}?a", "s ala", "2+1 3+2")]
    [InlineData("(?:a*)*b|c", "aab c", "0+3 4+1")]
    [InlineData("(?:x|y?)*z", "xyz z xz", "0+3 4+1 6+2")]
    [InlineData(@"\w*", "ab c", "0+2 2+0 3+1 4+0")]
    [InlineData(@"(?:-|\b)*a", "--a a", "0+3 4+1")]
    [InlineData("^|b", "ab", "0+0 1+1")]
    [InlineData(@"#{2,}\B#", "###", "0+3")]
    public void A_match_is_the_leftmost_and_the_first_way_also_where_the_framework_errs(string pattern, string text, string expected)
    {
        using RegexHits hits = Scan([RegexValue.Compile(pattern, "")], text, out RegexIndex index);
        string.Join(' ', Places(index, hits, 0).Select(static place => $"{place.Start}+{place.Length}")).ShouldBe(expected);
    }

    [Theory]
    [InlineData("[a-z]+@[0-9]", "a@")]
    [InlineData("[a-z]{1,300}@[0-9]", "a")]
    [InlineData("[a-z]{3,900}[@#][0-9]", "a")] // too large for an automaton
    [InlineData("<[^>]*>", "<")]
    [InlineData("\"[^\"]*\"x", "\"")]
    [InlineData("(?:x+x+)+y", "x")]
    public void Starts_without_end_take_no_longer_than_the_text_is_long(string pattern, string repeated)
    {
        string text = string.Concat(Enumerable.Repeat(repeated, 50_000 / repeated.Length)) + new string('a', 50_000) + "@1>";
        Regex regex = RegexValue.Compile(pattern, "");
        long started = Stopwatch.GetTimestamp();
        Scan([regex], text, out _).Dispose();
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(TimeSpan.FromSeconds(2));
        Difference([regex], text).ShouldBeNull();
    }

    [Fact]
    public void Patterns_with_more_kinds_of_characters_than_there_are_bytes_are_found_all_the_same()
    {
        // 60 letters each, none twice, so that two or three of the patterns fill an alphabet.
        Regex[] regexes = [.. Enumerable.Range(0, 10).Select(static i =>
            RegexValue.Compile(string.Join('|', Enumerable.Range(0, 60).Select(letter => $"{(char)(0x4E00 + (i * 60) + letter)}a")), ""))];
        string text = string.Concat(Enumerable.Range(0, 600).Select(static letter => $"{(char)(0x4E00 + letter)}a"));
        Difference(regexes, text).ShouldBeNull();
    }

    [Fact]
    public void A_pattern_alone_with_too_many_kinds_of_characters_is_left_to_the_framework() =>
        RegexReader.Read(RegexValue.Compile(string.Join('|', Enumerable.Range(0, 200).Select(static letter => $"{(char)(0x4E00 + letter)}a")), "")).ShouldBeNull();

    // How the scan and the definition, or where that takes too long the framework, differ; patterns that cannot be read are left out.
    private static string? Difference(IReadOnlyList<Regex> regexes, string text)
    {
        Regex[] known = [.. regexes.Where(static regex => RegexReader.Read(regex) is not null)];
        if (known.Length == 0)
            return null;
        using RegexHits hits = Scan(known, text, out RegexIndex index);
        for (int i = 0; i < known.Length; i++)
        {
            TextMatch[] places = Places(index, hits, i);
            if (new ReferencePattern(RegexReader.Read(known[i])!, text).Matches(Evaluation.MaxMatches) is not { } expected)
                expected = [.. known[i].Matches(text).Take(Evaluation.MaxMatches).Select(static match => new TextMatch(match.Index, match.Length))];
            if (!places.SequenceEqual(expected))
                return $"/{known[i]}/ {known[i].Options} is at {string.Join(' ', expected)} of \"{text}\", not at {string.Join(' ', places)}";
        }

        return null;
    }

    private static RegexHits Scan(IReadOnlyList<Regex> regexes, string text, out RegexIndex index)
    {
        index = RegexIndex.Of([.. regexes.Select(static regex => new RegexCondition(new RegexValue(regex, expectMatch: false)))], former: null);
        return index.Scan(text, wantsPlaces: true);
    }

    private static TextMatch[] Places(RegexIndex index, RegexHits hits, int rule) =>
        [.. Enumerable.Range(0, index.CountIn(hits, rule)).Select(match => index.PlaceIn(hits, rule, match))];
}
