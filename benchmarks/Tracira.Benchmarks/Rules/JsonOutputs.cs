using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tracira.Benchmarks;

/// <summary>Structured outputs: an order that was read from a message, with as many lines as the length asks for.</summary>
internal static class JsonOutputs
{
    /// <summary>How many members <c>details</c> has, named f0, f1 and so on.</summary>
    public const int Details = 40;

    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>An output of about the length.</summary>
    public static string Create(Random random, int length)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = random.Next(2) == 0, Encoder = Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("id", $"ord-{random.Next(1_000_000)}");
            json.WriteString("status", random.Next(4) switch { 0 => "paid", 1 => "shipped", 2 => "cancelled", _ => "open" });
            json.WriteNumber("total", random.Next(1, 500_000) / 100m);
            json.WriteString("currency", random.Next(3) == 0 ? "USD" : "EUR");
            json.WriteNumber("confidence", random.Next(100) / 100m);
            json.WriteStartObject("customer");
            json.WriteString("name", Words(random, Vocabulary.German, 2));
            if (random.Next(10) != 0)
                json.WriteString("email", $"{Vocabulary.English.Pick(random)}@example.com");
            json.WriteStartObject("address");
            json.WriteString("city", Words(random, Vocabulary.Japanese, 2));
            json.WriteString("zip", $"{random.Next(10_000, 99_999)}");
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteStartObject("details");
            for (int i = 0; i < Details && length > 800; i++)
            {
                if (i % 3 == 0)
                    json.WriteNumber($"f{i}", random.Next(1000));
                else if (i % 3 == 1)
                    json.WriteString($"f{i}", Vocabulary.English.Pick(random));
                else
                    json.WriteBoolean($"f{i}", random.Next(2) == 0);
            }

            json.WriteEndObject();
            json.WriteStartArray("items");
            do
            {
                json.WriteStartObject();
                json.WriteString("sku", $"A-{random.Next(10_000)}");
                json.WriteString("name", Words(random, Vocabulary.English, random.Next(2, 12)));
                json.WriteNumber("quantity", random.Next(1, 20));
                json.WriteNumber("price", random.Next(1, 90_000) / 100m);
                json.WriteEndObject();
                json.Flush();
            }
            while (buffer.Length < length - 200);
            json.WriteEndArray();
            json.WriteString("note", $"{Words(random, Vocabulary.English, 12)} {Vocabulary.Emoji.Pick(random)} \"{Words(random, Vocabulary.German, 3)}\"");
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string Words(Random random, Vocabulary language, int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => language.Pick(random)));
}
