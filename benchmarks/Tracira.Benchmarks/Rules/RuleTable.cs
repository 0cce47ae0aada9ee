using System.Globalization;
using System.Text;

namespace Tracira.Benchmarks;

/// <summary>Rows are rule sets, columns are contenders: MB of UTF-8 text a second, and in brackets how many times as fast Tracira is.</summary>
internal sealed class RuleTable
{
    private readonly List<string> _columns = [];
    private readonly List<(string Name, Dictionary<string, RuleMeasurement> Cells)> _rows = [];
    private readonly List<string> _notes = [];

    /// <summary>Takes down a row, whose first contender is Tracira, and notes where the others saw something else.</summary>
    public void Add(RuleRow row, IReadOnlyList<(string Name, RuleMeasurement Measured)> measured)
    {
        foreach ((string name, RuleMeasurement cell) in measured)
        {
            if (!_columns.Contains(name))
                _columns.Add(name);
            int compared = cell.Counts.Count(static count => count >= 0);
            int different = cell.Counts.Zip(measured[0].Measured.Counts).Count(static pair => pair is { First: >= 0, Second: >= 0 } && pair.First != pair.Second);
            if (different > 0)
                _notes.Add($"{row.Name}: {name} counts other hits in {different:N0} of {compared:N0} texts.");
        }

        int[] hits = [.. measured[0].Measured.Counts.Where(static count => count >= 0)];
        int hit = hits.Count(static count => count > 0);
        _rows.Add((string.Create(CultureInfo.InvariantCulture, $"{row.Name} ({100.0 * hit / hits.Length:N0} % hit)"), measured.ToDictionary()));
    }

    /// <summary>The table as markdown.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.AppendLine($"| MB/s | {string.Join(" | ", _columns)} | B/evaluation |");
        text.AppendLine($"|---|{string.Concat(_columns.Select(static _ => "---:|"))}---:|");
        foreach ((string name, Dictionary<string, RuleMeasurement> cells) in _rows)
        {
            double tracira = cells.Values.First().BytesPerSecond;
            text.Append(CultureInfo.InvariantCulture, $"| {name} |");
            foreach (string column in _columns)
            {
                if (!cells.TryGetValue(column, out RuleMeasurement? cell))
                    text.Append(" |");
                else if (column == _columns[0])
                    text.Append(CultureInfo.InvariantCulture, $" **{Rate(cell)}** |");
                else
                    text.Append(CultureInfo.InvariantCulture, $" {Rate(cell)} ({Ratio(tracira / cell.BytesPerSecond)}×) |");
            }

            text.AppendLine($" {string.Join(" / ", cells.Values.Select(static cell => cell.Allocated).OfType<long>())} |");
        }

        foreach (string note in _notes)
            text.AppendLine().AppendLine(note);
        return text.ToString();
    }

    private static string Rate(RuleMeasurement cell) =>
        (cell.BytesPerSecond / 1e6).ToString(cell.BytesPerSecond < 1e7 ? "N1" : "N0", CultureInfo.InvariantCulture);

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "N2" : "N0", CultureInfo.InvariantCulture);
}
