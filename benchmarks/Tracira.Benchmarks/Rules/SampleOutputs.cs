using System.Text;

namespace Tracira.Benchmarks;

/// <summary>
/// 2,000 outputs as models write them: prose, markdown, code and JSON, in English, German and Japanese, with emoji and now and then
/// something personal. 200 bytes to 50 KB of UTF-8, half of them below 2.5 KB. The same seed makes the same outputs.
/// </summary>
internal sealed class SampleOutputs
{
    private const int Count = 2_000;
    private const int MinLength = 200;
    private const int MaxBytes = 50_000;
    private const int MedianLength = 2_500;

    private readonly Random _random;

    public SampleOutputs(int seed)
    {
        _random = new Random(seed);
        List<string> all = [];
        List<string> json = [];
        for (int i = 0; i < Count; i++)
        {
            int length = Length();
            if (i % 5 == 4)
            {
                json.Add(JsonOutputs.Create(_random, length));
                all.Add(json[^1]);
                continue;
            }

            all.Add(Cut(i % 10 == 0 ? Code(length) : i % 4 == 1 ? Markdown(length) : Prose(Language(), length)));
        }

        All = all;
        Json = json;
    }

    /// <summary>Every output.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Those that are JSON as a whole.</summary>
    public IReadOnlyList<string> Json { get; }

    // Log-normal: many short answers, few long ones.
    private int Length()
    {
        double normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (int)Math.Clamp(MedianLength * Math.Exp(1.2 * normal), MinLength, MaxBytes);
    }

    private Vocabulary Language() => _random.Next(100) switch
    {
        < 65 => Vocabulary.English,
        < 85 => Vocabulary.German,
        _ => Vocabulary.Japanese,
    };

    private string Prose(Vocabulary language, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            Sentence(text, language);
            text.Append(_random.Next(6) == 0 ? "\n\n" : language == Vocabulary.Japanese ? "" : " ");
        }

        return text.ToString();
    }

    private void Sentence(StringBuilder text, Vocabulary language)
    {
        bool spaced = language != Vocabulary.Japanese;
        int start = text.Length;
        for (int words = _random.Next(4, 22); words > 0; words--)
        {
            text.Append(_random.Next(150) == 0 ? $" {PersonalData.Pick(_random)} " : language.Pick(_random));
            if (words > 1 && spaced)
                text.Append(_random.Next(12) == 0 ? ", " : " ");
        }

        text[start] = char.ToUpperInvariant(text[start]);
        text.Append(spaced ? '.' : '。');
        if (_random.Next(25) == 0)
            text.Append(' ').Append(Vocabulary.Emoji.Pick(_random));
    }

    private string Markdown(int length)
    {
        var text = new StringBuilder();
        Vocabulary language = Language();
        while (text.Length < length)
        {
            text.Append("## ").Append(language.Pick(_random)).Append(' ').Append(language.Pick(_random)).Append("\n\n");
            Sentence(text, language);
            text.Append("\n\n");
            for (int items = _random.Next(5); items > 0; items--)
            {
                text.Append("- **").Append(language.Pick(_random)).Append("**: ");
                Sentence(text, language);
                text.Append('\n');
            }

            if (_random.Next(4) == 0)
                text.Append("\n| ").Append(language.Pick(_random)).Append(" | ").Append(_random.Next(1000)).Append(" |\n|---|---:|\n");
            if (_random.Next(6) == 0)
                text.Append("\n```python\n").Append(Code(300)).Append("```\n");
            text.Append('\n');
        }

        return text.ToString();
    }

    private string Code(int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            string name = Vocabulary.English.Pick(_random);
            string other = Vocabulary.English.Pick(_random);
            text.Append(_random.Next(5) switch
            {
                0 => $"def {name}_{other}(self, {other}: int = {_random.Next(100)}) -> str:\n    return f\"{{{other}}} {name}\"\n\n",
                1 => $"for ({name}Index = 0; {name}Index < {other}.Length; {name}Index++)\n{{\n    {other}[{name}Index] *= {_random.Next(99)};\n}}\n",
                2 => $"SELECT {name}, COUNT(*) FROM {other}s WHERE {name} > {_random.Next(1000)} GROUP BY {name};\n",
                3 => $"const {name} = await fetch(`/api/{other}/${{id}}`, {{ method: 'POST' }}); // {Vocabulary.English.Pick(_random)} {other}\n",
                _ => $"    if ({name} is null || {other} == \"{Vocabulary.English.Pick(_random)}\")\n        return null;\n",
            });
        }

        return text.ToString();
    }

    // To whole characters within the limit: Japanese takes three bytes each.
    private static string Cut(string text)
    {
        int bytes = 0;
        int length = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MaxBytes)
                break;
            bytes += rune.Utf8SequenceLength;
            length += rune.Utf16SequenceLength;
        }

        return text[..length];
    }
}
