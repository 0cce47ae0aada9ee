using Tracira.Server.Auth.People;

namespace Tracira.Server.Hosting;

/// <summary>The OpenID Connect provider at which people can sign in.</summary>
internal sealed record OidcOptions
{
    /// <summary>The provider's address, below which its discovery document lies.</summary>
    public required Uri Authority { get; init; }

    public required string ClientId { get; init; }

    public string? ClientSecret { get; init; }

    /// <summary>What is asked for.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>What strangers become; null to turn them away.</summary>
    public Role? AutoJoinRole { get; init; }

    /// <summary>The domains that addresses must be of; empty for any.</summary>
    public required IReadOnlyList<string> AllowedDomains { get; init; }

    /// <summary>Whether to believe addresses that the provider does not say it has verified.</summary>
    public bool TrustUnverifiedEmail { get; init; }

    /// <summary>Reads the settings; null where no provider is set.</summary>
    /// <exception cref="SettingException">A setting's value cannot be used.</exception>
    public static OidcOptions? Read(IConfiguration configuration)
    {
        IConfigurationSection oidc = configuration.GetSection("Oidc");
        string? authority = oidc["Authority"];
        if (string.IsNullOrWhiteSpace(authority))
            return null;
        if (!Uri.TryCreate(authority.Trim(), UriKind.Absolute, out Uri? address) || !(address.Scheme == "https" || (address.Scheme == "http" && address.IsLoopback)))
            throw new SettingException("Oidc:Authority", "must be an https address (http only on this machine itself)");
        string? clientId = oidc["ClientId"];
        if (string.IsNullOrWhiteSpace(clientId))
            throw new SettingException("Oidc:ClientId", "is needed beside Oidc:Authority");
        return new OidcOptions
        {
            Authority = address,
            ClientId = clientId.Trim(),
            ClientSecret = oidc["ClientSecret"],
            Scopes = Words("Scopes") is { Length: > 0 } scopes ? scopes : ["openid", "profile", "email"],
            AutoJoinRole = (oidc["AutoJoinRole"] ?? "none").Trim().ToLowerInvariant() switch
            {
                "none" or "" => null,
                "viewer" => Role.Viewer,
                "reviewer" => Role.Reviewer,
                _ => throw new SettingException("Oidc:AutoJoinRole", "must be none, viewer or reviewer"),
            },
            AllowedDomains = [.. Words("AllowedDomains").Select(static domain => domain.TrimStart('@').ToLowerInvariant())],
            TrustUnverifiedEmail = bool.TryParse(oidc["TrustUnverifiedEmail"], out bool trust) && trust,
        };

        string[] Words(string key) => (oidc[key] ?? "").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
