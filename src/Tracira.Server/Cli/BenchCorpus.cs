using System.Text;
using System.Text.Json;

namespace Tracira.Server.Cli;

/// <summary>An output with the confidence that came with it.</summary>
internal sealed record BenchOutput(string Text, double? Confidence);

/// <summary>Outputs to measure rules on.</summary>
/// <param name="Outputs">Each of them; at least one.</param>
/// <param name="Bytes">How long they are together in UTF-8.</param>
internal sealed record BenchCorpus(IReadOnlyList<BenchOutput> Outputs, long Bytes)
{
    /// <summary>Reads a file of JSON lines. Blank lines and logs without an output are passed over.</summary>
    /// <exception cref="CommandException">There is no such file, a line is not a JSON object, or no output is in it.</exception>
    public static async Task<BenchCorpus> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new CommandException($"There is no file {path}.");
        List<BenchOutput> outputs = [];
        int number = 0;
        await foreach (string line in File.ReadLinesAsync(path, cancellationToken).ConfigureAwait(false))
        {
            number++;
            if (!string.IsNullOrWhiteSpace(line) && Read(path, number, line) is { } output)
                outputs.Add(output);
        }

        if (outputs.Count == 0)
            throw new CommandException($"{path} has no output in it: each line must be a JSON object with output, as `tracira export` writes it.");
        return new BenchCorpus(outputs, outputs.Sum(static output => (long)Encoding.UTF8.GetByteCount(output.Text)));
    }

    private static BenchOutput? Read(string path, int number, string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                return Member(root, "output", JsonValueKind.String) is { } output && output.GetString() is { Length: > 0 } text
                    ? new BenchOutput(text, Member(root, "confidence", JsonValueKind.Number)?.GetDouble())
                    : null;
            }
        }
        catch (JsonException)
        {
            // Said below, as of a line that is JSON but no object.
        }

        throw new CommandException($"{path}, line {number}: is not a JSON object.");
    }

    private static JsonElement? Member(JsonElement root, string name, JsonValueKind kind) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind ? value : null;
}
