using System.Diagnostics;

namespace Tracira.Benchmarks;

/// <summary>How long 10,000 keywords take to become a rule set, and how much of memory it keeps.</summary>
internal static class CompileBenchmark
{
    private const int Rounds = 7;

    /// <summary>Compiles a row's rules several times and tells the medians.</summary>
    public static string Run(RuleRow row)
    {
        List<double> milliseconds = [];
        List<double> kept = [];
        for (int round = 0; round <= Rounds; round++)
        {
            long before = GC.GetTotalMemory(forceFullCollection: true);
            long start = Stopwatch.GetTimestamp();
            var rules = RuleSet.Compile(row.Rules);
            double elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            long after = GC.GetTotalMemory(forceFullCollection: true);
            GC.KeepAlive(rules);
            if (round == 0)
                continue; // warms up
            milliseconds.Add(elapsed);
            kept.Add((after - before) / 1e6);
        }

        return FormattableString.Invariant(
            $"{row.Name}: compiled in {InsertBenchmark.Median(milliseconds):N1} ms, keeps {InsertBenchmark.Median(kept):N1} MB (medians of {Rounds}).");
    }
}
