using System.Globalization;
using System.Runtime.InteropServices;

namespace Tracira.Benchmarks;

/// <summary>What to measure, and how long.</summary>
/// <param name="Only">Part of the names of the rows; null for all.</param>
/// <param name="Columns">Parts of the contenders' names; empty for all.</param>
/// <param name="Anchors">The program of <c>benchmarks/anchors</c>; null to leave its contenders out.</param>
/// <param name="Rounds">How often each contender is measured in a row; they take turns.</param>
/// <param name="Seconds">How long a round takes.</param>
internal sealed record RuleBenchmarkOptions(string? Only, string[] Columns, FileInfo? Anchors, int Rounds, double Seconds);

/// <summary>Rules over a seeded set of outputs: Tracira beside what else there is, one thread each, in the same run.</summary>
internal static class RuleBenchmark
{
    /// <summary>Makes the same outputs every time.</summary>
    public const int Seed = 20261124;

    /// <summary>Runs the rows and tells, for each kind of them, a table.</summary>
    public static IReadOnlyList<(RowKind Kind, string Text)> Run(RuleBenchmarkOptions options)
    {
        var outputs = new SampleOutputs(Seed);
        using var folder = new Folder(null);
        Anchor? anchor = options.Anchors is null ? null : new Anchor(options.Anchors.FullName, folder.Path);
        anchor?.Write(outputs);
        List<(RowKind, string)> sections = [];
        foreach (IGrouping<RowKind, RuleRow> kind in RuleRow.All(outputs).Where(row => IsWanted(options.Only, row.Name)).GroupBy(static row => row.Kind))
        {
            var table = new RuleTable();
            List<string> more = [];
            foreach (RuleRow row in kind)
            {
                table.Add(row, Measure(row, anchor, options));
                if (row.Name.StartsWith("keywords-10000", StringComparison.Ordinal))
                    more.AddRange([CompileBenchmark.Run(row), CompileBenchmark.RunChange(row)]);
            }

            if (kind.Key == RowKind.Regex)
                more.Add(CatastrophicPatterns.Run());
            sections.Add((kind.Key, string.Join(Environment.NewLine + Environment.NewLine, [Method(kind.First(), options), table.ToString().TrimEnd(), .. more])));
        }

        return sections;
    }

    private static List<(string Name, RuleMeasurement Measured)> Measure(RuleRow row, Anchor? anchor, RuleBenchmarkOptions options)
    {
        var time = TimeSpan.FromSeconds(options.Seconds);
        List<(string Name, Func<RuleMeasurement> Measure)> contenders = [];
        foreach ((string name, Func<Contender> create) in Contender.For(row))
        {
            var contender = new Lazy<Contender>(create);
            contenders.Add((name, () => RuleTimer.Measure(row, contender.Value, time)));
        }

        anchor?.Write(row);
        if (anchor is not null)
            contenders.AddRange(Anchor.For(row.Kind).Select(rival => (rival.Name, (Func<RuleMeasurement>)(() => anchor.Measure(row, rival.Argument, time)))));
        contenders.RemoveAll(contender => options.Columns.Length > 0 && !options.Columns.Any(column => IsWanted(column, contender.Name)));

        RuleMeasurement[][] rounds = [.. Enumerable.Range(0, options.Rounds).Select(_ => contenders.Select(static contender => contender.Measure()).ToArray())];
        List<(string, RuleMeasurement)> medians =
        [
            .. contenders.Select((contender, i) => (contender.Name, rounds[^1][i] with { BytesPerSecond = InsertBenchmark.Median(rounds.Select(round => round[i].BytesPerSecond)) })),
        ];
        Console.Error.WriteLine($"{row.Name}: {string.Join(", ", medians.Select(static cell => $"{cell.Item1} {cell.Item2.BytesPerSecond / 1e6:N0}"))}");
        return medians;
    }

    private static string Method(RuleRow row, RuleBenchmarkOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {Machine()}, {RuntimeInformation.FrameworkDescription}: {row.Texts.Count:N0} outputs, {RuleRow.BytesOf(row.Texts) / 1e6:N1} MB of UTF-8; medians of {options.Rounds} rounds of {options.Seconds} s, the sides taking turns, one thread.");

    private static string Machine()
    {
        string model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(static line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[^1].Trim() ?? ""
            : "";
        return $"{Environment.ProcessorCount} × {(model.Length > 0 ? model : RuntimeInformation.ProcessArchitecture.ToString())}";
    }

    private static bool IsWanted(string? part, string name) => part is null || name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
