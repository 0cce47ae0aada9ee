using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Tracira.Server.Telemetry;

/// <summary>All that one instrument has measured.</summary>
internal sealed class MetricFamily
{
    private static readonly double[] Bounds =
        [0.00001, 0.00005, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Series> _series = []; // by the one label's value: labels are written when asked for, not for every log
    private readonly string _help;
    private readonly string _type;

    public MetricFamily(Instrument instrument)
    {
        _help = instrument.Description ?? "";
        _type = instrument is Histogram<double> ? "histogram" : instrument is Counter<long> ? "counter" : "gauge";
        string suffix = _type == "counter" ? "_total" : instrument.Unit == "s" ? "_seconds" : "";
        Name = instrument.Name.Replace('.', '_') + suffix;
    }

    public string Name { get; }

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string key = tags.IsEmpty ? "" : (string)tags[0].Value!;
        lock (_lock)
        {
            if (!_series.TryGetValue(key, out Series? series))
                _series.Add(key, series = new Series(LabelsOf(tags)));
            series.Count++;
            series.Sum = _type == "gauge" ? value : series.Sum + value;
            if (_type == "histogram")
                series.Buckets[BucketOf(value)]++;
        }
    }

    public void WriteTo(StringBuilder text)
    {
        lock (_lock)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {_help}\n# TYPE {Name} {_type}\n");
            foreach (Series series in _series.Values.OrderBy(static series => series.Labels, StringComparer.Ordinal))
            {
                if (_type == "histogram")
                    WriteHistogram(text, series);
                else
                    text.Append(CultureInfo.InvariantCulture, $"{Name}{Braced(series.Labels)} {series.Sum}\n");
            }
        }
    }

    private void WriteHistogram(StringBuilder text, Series series)
    {
        string labels = series.Labels;
        string before = labels.Length == 0 ? "" : labels + ",";
        long count = 0;
        for (int i = 0; i < Bounds.Length; i++)
        {
            count += series.Buckets[i];
            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"{Bounds[i]}\"}} {count}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{before}le=\"+Inf\"}} {series.Count}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{Braced(labels)} {series.Sum}\n");
        text.Append(CultureInfo.InvariantCulture, $"{Name}_count{Braced(labels)} {series.Count}\n");
    }

    private static int BucketOf(double value)
    {
        int place = Array.BinarySearch(Bounds, value);
        return place < 0 ? ~place : place;
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    // What we measure has one label at most, and its values are words of ours: nothing to escape.
    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags) => tags.IsEmpty ? "" : $"{tags[0].Key}=\"{tags[0].Value}\"";

    private sealed class Series(string labels)
    {
        public string Labels { get; } = labels;

        public long Count { get; set; }

        public double Sum { get; set; }

        public long[] Buckets { get; } = new long[Bounds.Length + 1];
    }
}
