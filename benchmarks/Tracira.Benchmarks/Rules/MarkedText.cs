namespace Tracira.Benchmarks;

/// <summary>Replaces what stands between two comments in a file of markdown.</summary>
internal static class MarkedText
{
    /// <summary>Writes a text between <c>&lt;!-- begin NAME --&gt;</c> and <c>&lt;!-- end NAME --&gt;</c>.</summary>
    /// <exception cref="InvalidOperationException">The file lacks the comments.</exception>
    public static void Replace(string path, string name, string text)
    {
        string all = File.ReadAllText(path);
        string begin = $"<!-- begin {name} -->";
        int from = all.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        int to = all.IndexOf($"<!-- end {name} -->", StringComparison.Ordinal);
        if (from < begin.Length || to < from)
            throw new InvalidOperationException($"{path} has no place for {name}.");
        File.WriteAllText(path, $"{all[..from]}\n{text.ReplaceLineEndings("\n")}\n{all[to..]}");
    }
}
