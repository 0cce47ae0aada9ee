using Tracira.Engine.Tests.Cases;
using Xunit;

namespace Tracira.Engine.Tests;

/// <summary>The engine says what the reference says: outcomes, reasons, places and verdicts.</summary>
public sealed class AgreementTests
{
    [Fact]
    public void Keywords_are_found_where_a_plain_search_finds_them() => Property.Holds(60, KeywordCases.Make);

    [Fact]
    public void Hundreds_of_keywords_in_one_rule_are_found_where_a_plain_search_finds_them() => Property.Holds(14, KeywordCases.MakeLong);

    [Fact]
    public void Patterns_match_where_the_framework_matches_them() => Property.Holds(5, PatternCases.Make);

    [Fact]
    public void Fields_of_JSON_are_read_as_a_document_reads_them() => Property.Holds(17, JsonCases.Make);

    [Fact]
    public void Rules_of_all_kinds_together_say_what_each_says_alone() => Property.Holds(3, MixedCases.Make);

    [Fact]
    public void Threads_that_share_a_set_get_what_one_thread_gets() => Property.HoldsOnManyThreads(1, MixedCases.Make);
}
