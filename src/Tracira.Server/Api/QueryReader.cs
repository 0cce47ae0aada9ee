using System.Globalization;

namespace Tracira.Server.Api;

/// <summary>
/// Reads the parameters of a query and gathers every fault instead of stopping at the first. Blank parameters are as good as absent:
/// no-code tools send them so.
/// </summary>
internal sealed class QueryReader(IQueryCollection parameters, List<FieldError> errors)
{
    private const int MaxText = 500;

    public string? Text(string name)
    {
        string? text = parameters[name];
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Length > MaxText)
            Fault(name, $"must have at most {MaxText} characters");
        return text.Trim();
    }

    /// <summary>A whole number from 1.</summary>
    public int Whole(string name, int otherwise, int max)
    {
        if (Text(name) is not { } text)
            return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= max)
            return number;
        Fault(name, $"must be a whole number from 1 to {max}");
        return otherwise;
    }

    public bool Boolean(string name)
    {
        if (Text(name) is not { } text)
            return false;
        if (bool.TryParse(text, out bool value))
            return value;
        Fault(name, "must be true or false");
        return false;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (IsoTime.TryParse(text, out DateTimeOffset time))
            return time;
        Fault(name, IsoTime.Expected);
        return null;
    }

    public T? Choice<T>(string name, WireEnum<T> words)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
            return null;
        if (words.TryParse(text, out T value))
            return value;
        Fault(name, $"must be one of {words.All}");
        return null;
    }

    public void Fault(string name, string message) => errors.Add(new FieldError(name, message));
}
