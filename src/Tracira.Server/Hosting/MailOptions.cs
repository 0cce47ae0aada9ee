using MimeKit;

namespace Tracira.Server.Hosting;

/// <summary>The mail server that notifications are handed to. The operator's own choice, so it may well be inside the house.</summary>
internal sealed record MailOptions
{
    /// <summary>The server's name or address.</summary>
    public required string Host { get; init; }

    public required int Port { get; init; }

    public required MailTls Tls { get; init; }

    /// <summary>Whom to sign in as; null to send without.</summary>
    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>The sender: an address, or a name and an address in angle brackets.</summary>
    public required string From { get; init; }

    /// <summary>How long the server may take for one message.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>How long the links in a mail can be followed.</summary>
    public required TimeSpan LinkLifetime { get; init; }

    /// <summary>Reads the settings; null where no mail server is set.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static MailOptions? Read(IConfiguration configuration, Func<string, long, long, long, long> whole)
    {
        IConfigurationSection mail = configuration.GetSection("Mail");
        if (Text("Host") is not { } host)
            return null;
        MailTls tls = (Text("Tls") ?? "auto").ToLowerInvariant() switch
        {
            "auto" => MailTls.Auto,
            "none" => MailTls.None,
            "starttls" => MailTls.StartTls,
            "tls" => MailTls.Tls,
            _ => throw new SettingException("Mail:Tls", "must be auto, none, starttls or tls"),
        };
        string from = Text("From") ?? throw new SettingException("Mail:From", "is needed beside Mail:Host");
        if (!MailboxAddress.TryParse(from, out _))
            throw new SettingException("Mail:From", "must be an address such as tracira@example.com, or Tracira <tracira@example.com>");
        string? user = Text("User");
        string? password = Text("Password");
        if (user is null != password is null)
            throw new SettingException(user is null ? "Mail:User" : "Mail:Password", "is needed too: Mail:User and Mail:Password go together");
        return new MailOptions
        {
            Host = host,
            Port = (int)whole("Mail:Port", tls == MailTls.Tls ? 465 : 587, 1, 65_535),
            Tls = tls,
            User = user,
            Password = password,
            From = from,
            Timeout = TimeSpan.FromSeconds(whole("Mail:TimeoutSeconds", 30, 1, 300)),
            LinkLifetime = TimeSpan.FromSeconds(whole("Mail:LinkLifetime", 604_800, 1, 31_536_000)),
        };

        string? Text(string key) => mail[key] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }
}

/// <summary>How the way to the mail server is encrypted.</summary>
internal enum MailTls
{
    /// <summary>From the first byte on port 465, else by STARTTLS where the server offers it.</summary>
    Auto,

    None,

    /// <summary>By STARTTLS, or not at all.</summary>
    StartTls,

    /// <summary>From the first byte.</summary>
    Tls,
}
