using System.Diagnostics.CodeAnalysis;

namespace Tracira.Server.Auth.People;

/// <summary>An e-mail address that a user can be known by.</summary>
/// <param name="Text">As it was written, without the space around it.</param>
internal sealed record EmailAddress(string Text)
{
    /// <summary>What is said of a text that is none.</summary>
    public const string Expected = "must be an e-mail address of at most 200 characters";

    private const int MaxLength = 200;

    /// <summary>What two spellings of one address have in common.</summary>
    public string Key { get; } = KeyOf(Text);

    /// <summary>What is before the @.</summary>
    public string LocalPart => Text[..Text.LastIndexOf('@')];

    /// <summary>What is behind the @, in small letters.</summary>
    public string Domain => Key[(Key.LastIndexOf('@') + 1)..];

    /// <summary>Accepts what can be an address; whether it is one, only a letter to it would show.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out EmailAddress? address)
    {
        string trimmed = text?.Trim() ?? "";
        int at = trimmed.LastIndexOf('@');
        bool plausible = trimmed.Length <= MaxLength
            && at > 0
            && at < trimmed.Length - 1
            && !trimmed.Any(static letter => char.IsWhiteSpace(letter) || char.IsControl(letter));
        address = plausible ? new EmailAddress(trimmed) : null;
        return plausible;
    }

    /// <summary>The same of any text, for looking up what somebody typed.</summary>
    public static string KeyOf(string text) => text.Trim().ToLowerInvariant();
}
