using System.Diagnostics;
using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>Patterns that are known to make backtracking engines run for hours, over 50,000 characters made to provoke them.</summary>
public sealed class CatastrophicPatternTests
{
    private const int Length = 50_000;

    // Not a measure of speed: what would hang hangs far longer, also on a machine that has other things to do.
    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(2);

    /// <summary>Pattern, what the text repeats, how it ends, and whether the pattern matches it.</summary>
    public static TheoryData<string, string, string, bool> Patterns => new()
    {
        { "^(a+)+$", "a", "!", false }, // a repetition of repetitions
        { "^(a*)*$", "a", "!", false },
        { "^([a-zA-Z]+)*$", "a", "!", false },
        { "^(a|aa)+$", "a", "!", false }, // ways that overlap
        { "^(a|a?)+$", "a", "!", false },
        { "^(.*a){20}$", "a", "!", false }, // a polynomial of a high degree
        { "^(.*,){11}P", "1,", "x", false },
        { @"^(\w+\s?)*$", "word ", "!", false }, // words and spaces
        { @"^(\d+)*[a-z]$", "1", "!", false },
        { @"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$", "a", "!", false }, // an address
        { @"^(([a-z])+.)+[A-Z]([a-z])+$", "a", "!", false }, // a class name
        { @"\s+$", " ", "x", false }, // quadratic: begins anew at every space
        { @".*.*=.*;", "x", "\n", false },
        { @"<[^>]*<[^>]*>", "<", "", false },
        { @"(x+x+)+y", "x", "", false },
        { @"^(\w+)\s\1+$", "ab", " ab!", false }, // a back-reference
        { @"(?=(a+))\1b", "a", "!", false }, // look-ahead round a repetition
        { @"(?<=(a+)+)b", "a", "!", false }, // look-behind
        { @"^(?:(?=(\w+))\1\s?)+$", "word ", "!", false },
        { @"^(?>(a+)+)(?!b)*c$", "a", "!", false }, // an atomic group, a look-ahead that is repeated
        { @"(a+)+b\1", "a", "", false },
        { @"^(a+)+$", "a", "", true },
        { @"(?=.*\d)(?=.*[a-z])(?=.*[A-Z]).{8,}", "aA", "1", true },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_catastrophic_pattern_is_answered_rightly_or_ends_in_error(string pattern, string repeated, string end, bool matches)
    {
        string output = string.Concat(Enumerable.Repeat(repeated, Length / repeated.Length)) + end;
        RuleSet rules = RuleSet.Compile([new Rule("catastrophic", RuleType.RegexMatch, pattern)]);
        var evaluation = new Evaluation();

        long started = Stopwatch.GetTimestamp();
        rules.Evaluate(output, null, evaluation);
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Hang);

        RuleOutcome outcome = evaluation.Outcomes[0];
        if (outcome.Kind == RuleOutcomeKind.Error)
            evaluation.ReasonOf(outcome)!.ShouldContain("needs backtracking and took longer than 50 ms");
        else
            outcome.Kind.ShouldBe(matches ? RuleOutcomeKind.Passed : RuleOutcomeKind.Flagged);
    }

    [Theory]
    [MemberData(nameof(Patterns))]
    public void A_megabyte_takes_as_many_times_longer_as_it_is_longer(string pattern, string repeated, string end, bool matches)
    {
        string output = string.Concat(Enumerable.Repeat(repeated, 20 * Length / repeated.Length)) + end;
        RuleSet rules = RuleSet.Compile([new Rule("catastrophic", RuleType.RegexMatch, pattern)]);
        var evaluation = new Evaluation();
        long started = Stopwatch.GetTimestamp();
        rules.Evaluate(output, null, evaluation); // once: what takes nearly as long as it may can end otherwise the next time
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(5 * Hang);
        evaluation.Outcomes[0].Kind.ShouldBeOneOf(matches ? RuleOutcomeKind.Passed : RuleOutcomeKind.Flagged, RuleOutcomeKind.Error);
    }

    [Fact]
    public void A_pattern_that_needs_no_backtracking_is_always_answered()
    {
        string output = new string('a', Length) + "!";
        Judge.By(RuleType.RegexMatch, "^(a+)+$", output).Outcome.ShouldBe(RuleOutcomeKind.Flagged);
        Judge.By(RuleType.RegexMatch, "^(a|aa)+!$", output).Outcome.ShouldBe(RuleOutcomeKind.Passed);
    }
}
