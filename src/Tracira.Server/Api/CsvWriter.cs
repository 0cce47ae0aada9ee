using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tracira.Server.Api;

/// <summary>
/// Writes comma-separated values as RFC 4180 has them. A text that a spreadsheet would take for a formula is led by an apostrophe: what
/// an AI or its user wrote must not run on the machine of whoever opens the file.
/// </summary>
internal sealed class CsvWriter(IBufferWriter<byte> to)
{
    private static readonly SearchValues<char> NeedQuotes = SearchValues.Create(",\"\r\n");
    private bool _inRow;

    public void Text(string? value)
    {
        Separate();
        if (value is null)
            return;
        bool guarded = IsFormula(value);
        if (!guarded && !value.AsSpan().ContainsAny(NeedQuotes))
            Write(value);
        else
            Write($"\"{(guarded ? "'" : "")}{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
    }

    public void Number(double? value)
    {
        Separate();
        if (value is { } number)
            Write(number.ToString(CultureInfo.InvariantCulture));
    }

    public void Time(DateTimeOffset? value) => Text(value?.UtcDateTime.ToString(UtcTimeConverter.Format, CultureInfo.InvariantCulture));

    public void EndRow()
    {
        Write("\r\n");
        _inRow = false;
    }

    private static bool IsFormula(string value) =>
        value is ['=' or '+' or '-' or '@' or '\t' or '\r' or '\n', ..]
        && !double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private void Separate()
    {
        if (_inRow)
            Write(",");
        _inRow = true;
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, to);
}
