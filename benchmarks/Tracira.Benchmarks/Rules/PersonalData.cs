using System.Globalization;
using System.Text;

namespace Tracira.Benchmarks;

/// <summary>What rules about personal data and secrets look for, made up: addresses, numbers, keys, prices.</summary>
internal static class PersonalData
{
    private const string Hex = "0123456789abcdef";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly Func<Random, string>[] Kinds =
    [
        static random => $"{Vocabulary.English.Pick(random)}.{Vocabulary.English.Pick(random)}{random.Next(100)}@example{random.Next(9)}.com",
        static random => $"+49 {random.Next(30, 999)} {random.Next(100_000, 99_999_999)}",
        static random => $"({random.Next(201, 990)}) {random.Next(200, 999)}-{random.Next(1000, 9999)}",
        Card,
        static random => $"DE{random.Next(10, 99)} {Digits(random, 4)} {Digits(random, 4)} {Digits(random, 4)} {Digits(random, 4)} {Digits(random, 2)}",
        static random => string.Create(CultureInfo.InvariantCulture, $"${random.Next(1, 2000)}.{random.Next(10, 99)}"),
        static random => string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 900)},{random.Next(10, 99)} €"),
        static random => $"{random.Next(1, 255)}.{random.Next(255)}.{random.Next(255)}.{random.Next(1, 255)}",
        static random => $"https://www.example.org/{Vocabulary.English.Pick(random)}/{random.Next(100_000)}?ref={Some(random, Hex, 6)}",
        static random => $"{random.Next(2019, 2027)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
        static random => $"AKIA{Some(random, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}",
        static random => $"ghp_{Some(random, Letters, 36)}",
        static random => $"sk-{Some(random, Letters, 48)}",
        static random => $"{random.Next(100, 899)}-{random.Next(10, 99)}-{random.Next(1000, 9999)}",
        static random => $"{Some(random, Hex, 8)}-{Some(random, Hex, 4)}-4{Some(random, Hex, 3)}-a{Some(random, Hex, 3)}-{Some(random, Hex, 12)}",
        static random => $"order #{random.Next(100_000, 999_999)}",
        static random => $"{random.Next(5, 95)}% off",
        static random => $"password: {Some(random, Letters, 12)}",
    ];

    /// <summary>One of them.</summary>
    public static string Pick(Random random) => Kinds[random.Next(Kinds.Length)](random);

    private static string Card(Random random) => $"4{Digits(random, 3)} {Digits(random, 4)} {Digits(random, 4)} {Digits(random, 4)}";

    private static string Digits(Random random, int count) => Some(random, "0123456789", count);

    private static string Some(Random random, string alphabet, int count)
    {
        var text = new StringBuilder(count);
        while (text.Length < count)
            text.Append(alphabet[random.Next(alphabet.Length)]);
        return text.ToString();
    }
}
