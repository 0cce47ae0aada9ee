using System.Runtime.CompilerServices;

namespace Tracira;

/// <summary>
/// What some logs add up to: how many they are, how long their models took and what that cost. Sums are decimal, so that a log that is
/// counted out leaves nothing of itself behind.
/// </summary>
public struct ModelTally
{
    private const double Most = 1e9;
    private const double FirstBound = 8;
    private const int BucketsPerDoubling = 2;

    private Buckets _latencies;

    /// <summary>How many logs.</summary>
    public long Logs { get; private set; }

    /// <summary>How many of them tell their latency.</summary>
    public long Timed { get; private set; }

    /// <summary>The sum of the latencies, in milliseconds. One of more than 1,000,000,000 counts as so many.</summary>
    public decimal LatencyMs { get; private set; }

    /// <summary>How many of them tell their cost.</summary>
    public long Priced { get; private set; }

    /// <summary>The sum of the costs, in US dollars. One of more than 1,000,000,000 counts as so many.</summary>
    public decimal CostUsd { get; private set; }

    /// <summary>Counts a log in or out.</summary>
    /// <param name="latencyMs">How long its model took, where that is known.</param>
    /// <param name="costUsd">What that cost, where that is known.</param>
    /// <param name="by">1, or -1 for a log that was counted in before.</param>
    public void Count(double? latencyMs, double? costUsd, int by)
    {
        Logs += by;
        if (latencyMs is { } latency)
        {
            Timed += by;
            LatencyMs += by * Exact(latency);
            _latencies[BucketOf(latency)] += by;
        }

        if (costUsd is { } cost)
        {
            Priced += by;
            CostUsd += by * Exact(cost);
        }
    }

    /// <summary>Adds what other logs add up to.</summary>
    public void Add(in ModelTally other)
    {
        Logs += other.Logs;
        Timed += other.Timed;
        LatencyMs += other.LatencyMs;
        Priced += other.Priced;
        CostUsd += other.CostUsd;
        for (int bucket = 0; bucket < Buckets.Count; bucket++)
            _latencies[bucket] += other._latencies[bucket];
    }

    /// <summary>
    /// The latency that a share of the timed logs does not exceed, in milliseconds; null without any. Estimated from buckets whose bounds
    /// grow from 8 ms to six minutes by a factor of 1.41, so that it is off by less than that.
    /// </summary>
    /// <param name="share">The share, above 0 and at most 1.</param>
    public readonly double? Percentile(double share)
    {
        double wanted = share * Timed;
        double below = 0;
        for (int bucket = 0; bucket < Buckets.Count; bucket++)
        {
            int here = _latencies[bucket];
            if (here > 0 && below + here >= wanted)
            {
                double from = bucket == 0 ? 0 : BoundOf(bucket - 1);
                return from + ((BoundOf(bucket) - from) * (wanted - below) / here);
            }

            below += here;
        }

        return null;
    }

    /// <summary>How many buckets there are.</summary>
    internal const int LatencyBuckets = Buckets.Count;

    /// <summary>What a store kept of a tally, as a tally again.</summary>
    internal static ModelTally Of(long logs, long timed, decimal latencyMs, long priced, decimal costUsd, ReadOnlySpan<int> latencies)
    {
        var tally = new ModelTally { Logs = logs, Timed = timed, LatencyMs = latencyMs, Priced = priced, CostUsd = costUsd };
        latencies.CopyTo(tally._latencies);
        return tally;
    }

    /// <summary>How many of the timed logs are in each bucket.</summary>
    internal readonly void CopyLatenciesTo(Span<int> latencies) => ((ReadOnlySpan<int>)_latencies).CopyTo(latencies);

    private static decimal Exact(double number) => decimal.Round((decimal)Math.Clamp(number, -Most, Most), 9);

    private static int BucketOf(double latencyMs) => latencyMs <= FirstBound
        ? 0
        : (int)Math.Min(Buckets.Count - 1, Math.Ceiling(Math.Log2(latencyMs / FirstBound) * BucketsPerDoubling));

    private static double BoundOf(int bucket) => FirstBound * Math.Pow(2, (double)bucket / BucketsPerDoubling);

    [InlineArray(Count)]
    private struct Buckets
    {
        public const int Count = 32;
        private int _first;
    }
}
