using System.Diagnostics;

namespace Tracira.Server.Cli;

/// <summary>What a pass over all outputs took, and how many it flagged.</summary>
internal readonly record struct BenchResult(double Seconds, int Flagged);

/// <summary>Measures rules on outputs: the median of several passes, on one thread.</summary>
internal static class BenchTimer
{
    private const int MaxPasses = 9;
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(1);

    /// <summary>Takes passes until there are enough of them or they took long enough; the first, which warms up, counts only where it is the only one.</summary>
    /// <exception cref="OperationCanceledException">The user gave up.</exception>
    public static BenchResult Measure(Rule[] rules, BenchCorpus corpus, CancellationToken cancellationToken)
    {
        var set = RuleSet.Compile(rules);
        long begin = Stopwatch.GetTimestamp();
        BenchResult first = Pass(set, corpus, cancellationToken);
        List<double> passes = [];
        while (passes.Count < MaxPasses && Stopwatch.GetElapsedTime(begin) < Enough)
            passes.Add(Pass(set, corpus, cancellationToken).Seconds);
        passes.Sort();
        return passes.Count == 0 ? first : first with { Seconds = passes[passes.Count / 2] };
    }

    private static BenchResult Pass(RuleSet rules, BenchCorpus corpus, CancellationToken cancellationToken)
    {
        int flagged = 0;
        long start = Stopwatch.GetTimestamp();
        foreach (BenchOutput output in corpus.Outputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (rules.Evaluate(output.Text, output.Confidence).Status == LogStatus.Flagged)
                flagged++;
        }

        return new BenchResult(Stopwatch.GetElapsedTime(start).TotalSeconds, flagged);
    }
}
