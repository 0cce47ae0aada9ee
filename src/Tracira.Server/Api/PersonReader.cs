using Tracira.Server.Auth.People;

namespace Tracira.Server.Api;

/// <summary>Reads what is said of people.</summary>
internal static class PersonReader
{
    private const int MaxName = 200;

    /// <summary>The address; one that is good for nothing where there is a fault.</summary>
    public static EmailAddress Email(FieldReader fields)
    {
        string text = fields.Required("email");
        if (EmailAddress.TryParse(text, out EmailAddress? email))
            return email;
        if (text.Length > 0)
            fields.Fault("email", EmailAddress.Expected);
        return new EmailAddress("@");
    }

    public static string? Name(FieldReader fields)
    {
        string? name = fields.Text("name")?.Trim();
        if (name?.Length > MaxName)
            fields.Fault("name", $"must have at most {MaxName} characters");
        return name;
    }

    public static Role Role(FieldReader fields)
    {
        string text = fields.Required("role");
        if (!Roles.Names.TryParse(text, out Role role) && text.Length > 0)
            fields.Fault("role", $"must be one of {Roles.Names.All}");
        return role;
    }

    /// <summary>A password that the user of an address chooses.</summary>
    public static string NewPassword(FieldReader fields, string name, string email)
    {
        string password = fields.Required(name);
        if (password.Length > 0 && !Passwords.AreGood(password, email))
            fields.Fault(name, Passwords.Expected);
        return password;
    }
}
