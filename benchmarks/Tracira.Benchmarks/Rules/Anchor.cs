using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Tracira.Benchmarks;

/// <summary>The contenders in C++: <c>benchmarks/anchors</c>, which reads the same texts and rules from files.</summary>
internal sealed class Anchor(string program, string folder)
{
    /// <summary>The columns of those that can take part in a row.</summary>
    public static IEnumerable<(string Argument, string Name)> For(RowKind kind) => kind == RowKind.Json
        ? [("simdjson", "simdjson, parse only"), ("scan", "bare scan")]
        : [("hyperscan", "Hyperscan"), ("re2", "RE2::Set"), ("scan", "bare scan")];

    /// <summary>Writes the texts.</summary>
    public void Write(SampleOutputs outputs)
    {
        WriteTexts("outputs.bin", outputs.All);
        WriteTexts("json.bin", outputs.Json);
    }

    /// <summary>Writes a row's rules, one expression a line: rule, flags, text.</summary>
    public void Write(RuleRow row)
    {
        IEnumerable<string> keywords = row.Keywords.SelectMany((keywords, rule) => keywords.Select(keyword => $"{rule}\ti\t{keyword}"));
        IEnumerable<string> patterns = row.Patterns.Select((pattern, rule) => $"{rule}\t{pattern.Flags}\t{pattern.Pattern}");
        File.WriteAllText(Path.Combine(folder, $"{row.Name}.txt"), string.Concat(keywords.Concat(patterns).Select(static line => line + "\n")));
    }

    /// <summary>Runs one of them.</summary>
    public RuleMeasurement Measure(RuleRow row, string contender, TimeSpan time)
    {
        using var process = Process.Start(new ProcessStartInfo(
            program, [folder, row.Name, contender, time.TotalSeconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        string[] output = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{contender} failed in {row.Name}.");
        double seconds = double.Parse(output[0], CultureInfo.InvariantCulture);
        int[] counts = [.. output.Skip(2).Select(static count => int.Parse(count, CultureInfo.InvariantCulture))];
        bool tellsCounts = contender is "hyperscan" or "re2";
        return new RuleMeasurement(row.Bytes.Sum(static bytes => (long)bytes) / seconds, null, tellsCounts ? counts : [.. counts.Select(static _ => -1)]);
    }

    private void WriteTexts(string name, IReadOnlyList<string> texts)
    {
        using var writer = new BinaryWriter(File.Create(Path.Combine(folder, name)));
        foreach (string text in texts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            writer.Write(bytes.Length);
            writer.Write(bytes);
        }
    }
}
