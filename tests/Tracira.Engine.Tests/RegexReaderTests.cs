using System.Text.RegularExpressions;
using CsCheck;
using Shouldly;
using Tracira.Engine.Tests.Cases;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>What is read of a pattern is what .NET makes of it: asked of .NET itself, for every code unit there is.</summary>
public sealed class RegexReaderTests
{
    private static readonly string EveryUnit = string.Concat(Enumerable.Range(0, char.MaxValue + 1).Select(static unit => (char)unit));

    [Theory]
    [InlineData("a", "")]
    [InlineData("a", "i")]
    [InlineData(".", "")]
    [InlineData(".", "s")]
    [InlineData(@"\d", "")]
    [InlineData(@"\D", "")]
    [InlineData(@"\w", "")]
    [InlineData(@"\W", "i")]
    [InlineData(@"\s", "")]
    [InlineData(@"\S", "")]
    [InlineData(@"\p{L}", "")]
    [InlineData(@"\p{Lu}", "")]
    [InlineData(@"\p{Lu}", "i")]
    [InlineData(@"\P{Ll}", "i")]
    [InlineData(@"\p{P}", "")]
    [InlineData(@"\P{Sc}", "")]
    [InlineData(@"\p{C}", "i")]
    [InlineData("[a-z]", "")]
    [InlineData("[a-z]", "i")]
    [InlineData("[^a-z]", "i")]
    [InlineData("[ -~]", "i")]
    [InlineData(@"[\u00C0-\u1FFF]", "i")]
    [InlineData(@"[^\u0130-\u2200]", "i")]
    [InlineData(@"[\p{Lu}a]", "i")]
    [InlineData(@"[^\p{Lu}\d]", "i")]
    [InlineData(@"[\w-[aeiou]]", "")]
    [InlineData("[a-z-[aeiou]]", "i")]
    [InlineData("[^a-z-[0-9-[5]]]", "i")]
    [InlineData("[a-[a]]", "")]
    [InlineData("[]a]", "")]
    [InlineData("[^]a]", "")]
    [InlineData("[a-]", "")]
    [InlineData("[-a]", "")]
    [InlineData("[--/]", "")]
    [InlineData(@"[\d-z]", "")]
    [InlineData(@"[a\-z]", "")]
    [InlineData(@"[+-\-]", "")]
    [InlineData(@"[\b\n\t\x41\u212A]", "")]
    [InlineData(@"[\b\n\t\x41\u212A]", "i")]
    [InlineData("[^\"'<>\\s]", "")]
    [InlineData(@"[[\]]", "")]
    [InlineData("[#  ]", "x")]
    [InlineData(@"\u212A", "i")]
    [InlineData(@"\.", "")]
    [InlineData("]", "")]
    [InlineData("}", "")]
    [InlineData("(?i:k)", "")]
    [InlineData("(?-i:k)", "i")]
    [InlineData(@"[\s\S]", "")]
    [InlineData(@"[^\s\S]", "")]
    public void A_class_has_the_members_that_match_it(string pattern, string flags)
    {
        Regex regex = RegexValue.Compile(pattern, flags);
        Chars(regex).Members().ShouldBe(Matched(regex));
    }

    [Fact]
    public void Letters_are_the_same_to_case_as_they_are_to_NET()
    {
        string[] wrong = [.. Enumerable.Range(0, char.MaxValue + 1).AsParallel().Where(static unit =>
        {
            var regex = new Regex($"\\u{unit:X4}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            return !CaseEquivalence.Of((char)unit).Members().SequenceEqual(Matched(regex));
        }).Select(static unit => $"U+{unit:X4}")];
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("(?=a)b")]
    [InlineData("(?!a)b")]
    [InlineData("(?<=a)b")]
    [InlineData("(?<!a)b")]
    [InlineData("(?>a)b")]
    [InlineData(@"(a)\1")]
    [InlineData(@"(?<n>a)\k<n>")]
    [InlineData(@"(?<n>a)\<n>")]
    [InlineData("(a)?(?(1)b|c)")]
    [InlineData("(?<n>a)(?<-n>b)")]
    [InlineData("(?<n>a)(?<m-n>b)")]
    [InlineData(@"\Gab")]
    [InlineData(@"\p{IsGreek}")]
    [InlineData(@"\0")]
    [InlineData(@"\cA")]
    public void What_is_not_known_is_not_guessed(string pattern) =>
        RegexReader.Read(RegexValue.Compile(pattern, "")).ShouldBeNull();

    [Theory]
    [InlineData(RegexOptions.RightToLeft | RegexOptions.CultureInvariant)]
    [InlineData(RegexOptions.ECMAScript)]
    [InlineData(RegexOptions.None)] // letters would be the same by the thread's culture
    public void Nor_is_what_options_mean_that_rules_do_not_have(RegexOptions options) =>
        RegexReader.Read(new Regex("ab", options)).ShouldBeNull();

    [Fact]
    public void Nesting_without_end_is_left_to_NET() =>
        RegexReader.Read(RegexValue.Compile(new string('(', 500) + "a" + new string(')', 500), "")).ShouldBeNull();

    [Fact]
    public void What_was_read_matches_the_texts_that_the_pattern_matches()
    {
        int read = 0;
        Gen.Int.Sample(
            seed =>
            {
                var draw = new Draw(seed, 1);
                if (!LoosePatterns.TryNext(draw, out Regex? regex) || RegexReader.Read(regex) is not { } node)
                    return;
                if (Whole(regex.ToString(), regex.Options) is not { } whole)
                    return;
                Interlocked.Increment(ref read);
                Regex again = Whole(Written(node), RegexOptions.CultureInvariant)!;
                foreach (string text in draw.Many(40, 40, () => LoosePatterns.Text(draw)))
                {
                    if (again.IsMatch(text) != whole.IsMatch(text))
                        Assert.Fail($"/{regex}/ {regex.Options} read as {again} on \"{text}\"");
                }
            },
            iter: 60_000);
        read.ShouldBeGreaterThan(5_000);
    }

    private static CharSet Chars(Regex regex) => RegexReader.Read(regex).ShouldBeOfType<RegexNode.Set>().Chars;

    private static List<char> Matched(Regex regex)
    {
        List<char> matched = [];
        foreach (ValueMatch match in regex.EnumerateMatches(EveryUnit))
            matched.Add((char)match.Index);
        return matched;
    }

    // The bracket may be in a comment up to the end of a line.
    private static Regex? Whole(string pattern, RegexOptions options)
    {
        foreach (string close in (string[])[")", "\n)"])
        {
            try
            {
                return new Regex($@"\A(?:{pattern}{close}\z", options);
            }
            catch (RegexParseException)
            {
                // Then the other way, or not at all where what follows the pattern changes what it means.
            }
        }

        return null;
    }

    // The same again in syntax that leaves nothing to flags.
    private static string Written(RegexNode node) => node switch
    {
        RegexNode.Set { Chars.Count: 0 } => @"[^\s\S]",
        RegexNode.Set set => $"[{string.Concat(set.Chars.Ranges.ToArray().Select(static range => $"\\u{(int)range.First:X4}-\\u{(int)range.Last:X4}"))}]",
        RegexNode.Sequence sequence => string.Concat(sequence.Parts.Select(Written)),
        RegexNode.Choice choice => $"(?:{string.Join('|', choice.Ways.Select(Written))})",
        RegexNode.Loop loop => $"(?:{Written(loop.Body)}){{{loop.Least},{loop.Most}}}{(loop.IsLazy ? "?" : "")}",
        RegexNode.Look look => look.Kind switch
        {
            LookKind.Start => @"\A",
            LookKind.LineStart => "(?m:^)",
            LookKind.End => @"\z",
            LookKind.EndOrLastLineFeed => @"\Z",
            LookKind.LineEnd => "(?m:$)",
            LookKind.Boundary => @"\b",
            _ => @"\B",
        },
        _ => throw new ArgumentException("is not a node", nameof(node)),
    };
}
