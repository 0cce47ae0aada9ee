using System.Diagnostics;
using System.Globalization;

namespace Tracira.Benchmarks;

/// <summary>How long rules take to become a set, how much of memory it keeps, and what a change of one rule costs.</summary>
internal static class CompileBenchmark
{
    private const int Rounds = 7;
    private const int Copies = 10;

    /// <summary>Compiles a row's rules several times and tells the medians.</summary>
    public static string Run(RuleRow row) => string.Create(
        CultureInfo.InvariantCulture,
        $"{row.Name}: compiled in {Milliseconds(() => RuleSet.Compile(row.Rules)):N1} ms, keeps {Kept(() => RuleSet.Compile(row.Rules)) / 1e6:N1} MB.");

    /// <summary>Changes one rule among a row's, and a hundred regular expressions, and tells what that costs beside compiling all anew.</summary>
    public static string RunChange(RuleRow row)
    {
        Rule[] rules = [.. row.Rules, .. SamplePatterns.All.Select(static (pattern, number) => RuleRow.RegexRule(number, pattern))];
        var set = RuleSet.Compile(rules);
        int change = 0;
        double anew = Milliseconds(() => RuleSet.Compile(rules));
        double keyword = Milliseconds(() => set.With(Changed(0, $"{{\"keywords\":[\"new keyword {change++}\",{rules[0].Value["{\"keywords\":[".Length..]}")));
        double regex = Milliseconds(() => set.With(Changed(row.Rules.Count, $"/new pattern {change++}/i")));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Name} and 100 regular expressions: compiled in {anew:N1} ms; after one more keyword in {keyword:N2} ms, after a changed expression in {regex:N2} ms.");

        IEnumerable<Rule> Changed(int at, string value) => rules.Select((rule, i) => i == at ? rule with { Value = value } : rule);
    }

    private static double Milliseconds(Func<RuleSet> compile)
    {
        List<double> rounds = [];
        compile(); // warms up
        for (int round = 0; round < Rounds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            compile();
            rounds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return InsertBenchmark.Median(rounds);
    }

    // What many sets keep together says more than what one does.
    private static double Kept(Func<RuleSet> compile)
    {
        var sets = new RuleSet[Copies];
        long before = InUse();
        for (int copy = 0; copy < Copies; copy++)
            sets[copy] = compile();
        long kept = InUse() - before;
        GC.KeepAlive(sets);
        return (double)kept / Copies;
    }

    private static long InUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
