using System.Diagnostics;

namespace Tracira.Benchmarks;

/// <summary>What a contender did in a row.</summary>
/// <param name="BytesPerSecond">UTF-8 bytes of text a second; median of the passes.</param>
/// <param name="Allocated">Bytes allocated per evaluation; null where nobody can tell.</param>
/// <param name="Counts">How many rules hit each text; -1 for a text that was left out.</param>
internal sealed record RuleMeasurement(double BytesPerSecond, long? Allocated, IReadOnlyList<int> Counts);

/// <summary>Measures contenders inside this process with a stopwatch, on one thread.</summary>
internal static class RuleTimer
{
    private const int MinPasses = 3;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.4);

    /// <summary>Takes passes over the row's texts, or, where that takes too long, over every n-th of them, for as long as given.</summary>
    public static RuleMeasurement Measure(RuleRow row, Contender contender, TimeSpan time)
    {
        int[] texts = Sample(row, contender, time);
        long bytes = texts.Sum(text => (long)row.Bytes[text]);
        int[] counts = [.. Enumerable.Repeat(-1, row.Texts.Count)];
        foreach (int text in texts)
            counts[text] = contender.Count(text);

        // The runtime compiles anew what it has seen often, a little later: before that nothing is measured.
        long warming = Stopwatch.GetTimestamp();
        do
            Pass(contender, texts);
        while (Stopwatch.GetElapsedTime(warming) < WarmUp);

        List<double> passes = [];
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Pass(contender, texts);
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            Pass(contender, texts);
            passes.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        while (passes.Count < MinPasses || Stopwatch.GetElapsedTime(begin) < time);
        return new RuleMeasurement(bytes / InsertBenchmark.Median(passes), allocated / texts.Length, counts);
    }

    /// <summary>One pass.</summary>
    public static int Pass(Contender contender, int[] texts)
    {
        int count = 0;
        foreach (int text in texts)
            count += contender.Count(text);
        return count;
    }

    /// <summary>So many texts, spread over all of them, that a pass takes no longer than a third of the time.</summary>
    public static int[] Sample(RuleRow row, Contender contender, TimeSpan time)
    {
        const int Probes = 20;
        int apart = row.Texts.Count / Probes;
        contender.Count(0);
        long start = Stopwatch.GetTimestamp();
        for (int probe = 0; probe < Probes; probe++)
            contender.Count(probe * apart);
        double pass = Stopwatch.GetElapsedTime(start).TotalSeconds * apart;
        int step = Math.Clamp((int)Math.Ceiling(pass / (time.TotalSeconds / MinPasses)), 1, apart);
        return [.. Enumerable.Range(0, row.Texts.Count).Where(text => text % step == 0)];
    }
}
