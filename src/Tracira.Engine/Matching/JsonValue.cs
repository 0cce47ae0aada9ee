using System.Text.Json;

namespace Tracira;

/// <summary>A value inside a JSON document that is known to be well-formed.</summary>
internal readonly ref struct JsonValue(ReadOnlySpan<byte> document, int start)
{
    /// <summary>The document.</summary>
    public ReadOnlySpan<byte> Document { get; } = document;

    /// <summary>Where in the document the value begins.</summary>
    public int Start { get; } = start;

    /// <summary>A reader that stands on the value. It must not be read past the value's end.</summary>
    public Utf8JsonReader Read()
    {
        var reader = new Utf8JsonReader(Document[Start..], JsonText.Options);
        reader.Read();
        return reader;
    }

    /// <summary>The value as it stands in the document.</summary>
    public ReadOnlySpan<byte> Raw()
    {
        Utf8JsonReader reader = Read();
        int begin = (int)reader.TokenStartIndex;
        reader.Skip();
        return Document[(Start + begin)..(Start + (int)reader.BytesConsumed)];
    }
}
