namespace Tracira.Benchmarks;

/// <summary>Rules over a seeded set of outputs: Tracira beside what else there is, one thread each, in the same run.</summary>
internal static class RuleBenchmark
{
    private const int Seed = 20261124;

    /// <summary>Runs the rows whose name contains <paramref name="only"/> and prints the table.</summary>
    /// <param name="only">Part of a row's name; null for all.</param>
    /// <param name="columns">Parts of contenders' names; empty for all.</param>
    /// <param name="anchors">The program of <c>benchmarks/anchors</c>; null to leave its contenders out.</param>
    /// <param name="seconds">How long a contender is measured in a row.</param>
    public static string Run(string? only, string[] columns, FileInfo? anchors, double seconds)
    {
        var time = TimeSpan.FromSeconds(seconds);
        var outputs = new SampleOutputs(Seed);
        using var folder = new Folder(null);
        Anchor? anchor = anchors is null ? null : new Anchor(anchors.FullName, folder.Path);
        anchor?.Write(outputs);
        var table = new RuleTable();
        List<string> compiled = [];
        foreach (RuleRow row in RuleRow.All(outputs).Where(row => only is null || row.Name.Contains(only, StringComparison.Ordinal)))
        {
            List<(string, RuleMeasurement)> measured = [];
            foreach (Contender contender in Contender.For(row).Where(contender => IsWanted(contender.Name)))
                measured.Add((contender.Name, RuleTimer.Measure(row, contender, time)));
            if (anchor is not null)
            {
                anchor.Write(row);
                foreach ((string argument, string name) in Anchor.For(row.Kind).Where(contender => IsWanted(contender.Name)))
                    measured.Add((name, anchor.Measure(row, argument, time)));
            }

            if (row.Name.StartsWith("keywords-10000", StringComparison.Ordinal))
                compiled.Add(CompileBenchmark.Run(row));
            table.Add(row, measured);
            Console.Error.WriteLine($"{row.Name}: {string.Join(", ", measured.Select(static cell => $"{cell.Item1} {cell.Item2.BytesPerSecond / 1e6:N0}"))}");
        }

        return $"{outputs.All.Count:N0} outputs, {RuleRow.BytesOf(outputs.All) / 1e6:N1} MB of UTF-8, {outputs.Json.Count:N0} of them JSON "
            + $"({RuleRow.BytesOf(outputs.Json) / 1e6:N1} MB).{Environment.NewLine}{Environment.NewLine}{table}"
            + string.Concat(compiled.Select(static line => $"{Environment.NewLine}{line}{Environment.NewLine}"))
            + (only is null or "catastrophic" ? $"{Environment.NewLine}{CatastrophicPatterns.Run()}{Environment.NewLine}" : "");

        bool IsWanted(string name) => columns.Length == 0 || columns.Any(column => name.Contains(column, StringComparison.OrdinalIgnoreCase));
    }
}
