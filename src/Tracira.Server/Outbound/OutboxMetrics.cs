using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tracira.Server.Outbound;

/// <summary>What is measured and traced of deliveries. It costs nothing while nobody listens.</summary>
internal sealed class OutboxMetrics : IDisposable
{
    public static readonly ActivitySource Activities = new("Tracira");

    private static readonly Meter Meter = new("Tracira");

    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>(
        "tracira.delivery.attempts", "{attempt}", "Attempts to deliver a message, by what came of them");

    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "tracira.delivery.duration", "s", "How long attempts to deliver a message took");

    // Of its own, so that it ends with the outbox that it tells of.
    private readonly Meter _depth = new("Tracira");

    public OutboxMetrics(IOutboxStore outbox)
    {
        int last = 0;
        _depth.CreateObservableGauge("tracira.outbox.waiting", Count, "{message}", "Messages that wait to be delivered");

        // Who asks cannot wait: a store that has to look tells next time.
        int Count()
        {
            Task<int> counting = outbox.CountWaitingAsync().AsTask();
            return counting.IsCompletedSuccessfully ? last = counting.Result : last;
        }
    }

    public static void Note(SendOutcome outcome, TimeSpan duration)
    {
        if (Attempts.Enabled)
            Attempts.Add(1, new KeyValuePair<string, object?>("outcome", NameOf(outcome)));
        Duration.Record(duration.TotalSeconds);
    }

    public void Dispose() => _depth.Dispose();

    private static string NameOf(SendOutcome outcome) => outcome switch
    {
        SendOutcome.Delivered => "delivered",
        SendOutcome.Retry => "failed",
        _ => "gone",
    };
}
