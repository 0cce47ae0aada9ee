namespace Tracira.Server.Api;

/// <summary>Reads fields that are held to limits: names, addresses, lengths of time.</summary>
internal static class BoundedFields
{
    public const int MaxName = 200;
    private const int MaxUrl = 2_000;
    private const int MaxDays = 36_500;

    /// <summary>A name that must be there, trimmed; 1 to 200 characters.</summary>
    public static string Name(this FieldReader fields, string field)
    {
        string name = fields.Required(field).Trim();
        if (name.Length is 0 or > MaxName)
            fields.Fault(field, $"must have 1 to {MaxName} characters");
        return name;
    }

    /// <summary>A name that may be absent.</summary>
    public static string? OptionalName(this FieldReader fields, string field) => fields.Text(field) is null ? null : fields.Name(field);

    /// <summary>A text, trimmed; null where it is absent or blank.</summary>
    public static string? Text(this FieldReader fields, string field, int max)
    {
        if (fields.Text(field, orNumber: true)?.Trim() is not { Length: > 0 } text)
            return null;
        if (text.Length > max)
            fields.Fault(field, $"has {text.Length:N0} characters; at most {max:N0} are accepted");
        return text;
    }

    /// <summary>An absolute http or https address without credentials; null where it is absent or blank.</summary>
    public static string? Url(this FieldReader fields, string field)
    {
        string? text = fields.Text(field, MaxUrl);
        if (text is null)
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            fields.Fault(field, "must be an absolute http or https address");
        else if (uri.UserInfo.Length > 0)
            fields.Fault(field, "must not hold a user name or password");
        return text;
    }

    /// <summary>A whole number of days from 0 to a century; null where it is absent or blank.</summary>
    public static int? Days(this FieldReader fields, string field)
    {
        if (fields.Number(field) is not { } number)
            return null;
        if (number is >= 0 and <= MaxDays && number == Math.Floor(number))
            return (int)number;
        fields.Fault(field, $"must be a whole number of days from 0 (for ever) to {MaxDays:N0}");
        return null;
    }
}
