namespace Tracira.Benchmarks;

/// <summary>Keywords of two kinds. The same count makes the same keywords.</summary>
internal static class SampleKeywords
{
    private static readonly string[] RareStarts = ["zq", "xj", "qk", "vzx", "jx", "wq", "kzj", "xq", "qg", "zxv"];
    private static readonly string[] Endings = ["ization", "less", "ness", "ware", "ify", "aholic", "gate", "craft", "proof", "ette"];

    /// <summary>Keywords that begin as no word of the outputs does, and all but never occur: names of rivals, code names.</summary>
    public static string[] Rare(int count) => Distinct(count, static (random, number) =>
        $"{RareStarts[random.Next(RareStarts.Length)]}{Vocabulary.English.Pick(random)}{number:x}");

    /// <summary>
    /// Keywords that begin like words of the outputs: long words, phrases of two, German and Japanese ones among them. A twentieth are
    /// words of the tail that do occur.
    /// </summary>
    public static string[] Mixed(int count) => Distinct(count, static (random, number) =>
    {
        Vocabulary language = (number % 10) switch { 8 => Vocabulary.German, 9 => Vocabulary.Japanese, _ => Vocabulary.English };
        string word = Tail(random, language);
        return (number % 20) switch
        {
            0 => word,
            < 10 => word + Endings[random.Next(Endings.Length)],
            _ => language == Vocabulary.Japanese ? word + Tail(random, language) + Tail(random, language) : $"{word} {Tail(random, language)}",
        };
    });

    private static string Tail(Random random, Vocabulary language)
    {
        int head = language == Vocabulary.Japanese ? 20 : language.Words.Count / 20;
        return language.Words[random.Next(head, language.Words.Count)];
    }

    private static string[] Distinct(int count, Func<Random, int, string> create)
    {
        var random = new Random(count);
        HashSet<string> keywords = new(StringComparer.OrdinalIgnoreCase);
        for (int number = 0; keywords.Count < count; number++)
            keywords.Add(create(random, number));
        return [.. keywords];
    }
}
