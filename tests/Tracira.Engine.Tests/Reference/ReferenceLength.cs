using System.Text;

namespace Tracira.Engine.Tests.Reference;

/// <summary>Lengths, counted unit by unit.</summary>
internal static class ReferenceLength
{
    /// <summary>The length of a text in a unit.</summary>
    public static int Of(string text, LengthUnit unit) => unit switch
    {
        LengthUnit.Characters => text.EnumerateRunes().Count(),
        LengthUnit.Words => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length,
        LengthUnit.Lines => text.Length == 0 ? 0 : text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n', '\r').Length,
        LengthUnit.Bytes => Encoding.UTF8.GetByteCount(text),
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit."),
    };
}
