using System.Security.Cryptography;
using Tracira.Server.Auth;
using Tracira.Server.Outbound;

namespace Tracira.Server.Settings;

/// <summary>The settings of every workspace. Secrets leave it only for whoever asks for one by name.</summary>
internal sealed class SettingsDirectory(
    WorkspaceDocument<WorkspaceSettings> documents, SecretProtector protector, EventReceivers receivers, TimeProvider time)
{
    private const string MaskSign = "••••";
    private const int ShownCharacters = 4;

    // Of a shorter secret the last characters would be too much of it.
    private const int ShortestShown = 12;
    private const int WebhookSecretBytes = 32;
    private static readonly TimeSpan PreviousSecretLives = TimeSpan.FromHours(24);

    public ValueTask<WorkspaceSettings> GetAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        documents.GetAsync(workspaceId, cancellationToken);

    /// <inheritdoc cref="WorkspaceDocument{T}.ChangeAsync"/>
    public async ValueTask<WorkspaceSettings> ChangeAsync(string workspaceId, Func<WorkspaceSettings, WorkspaceSettings> change)
    {
        WorkspaceSettings after = await documents.ChangeAsync(workspaceId, change).ConfigureAwait(false);
        await receivers.ReloadAsync(workspaceId).ConfigureAwait(false);
        return after;
    }

    /// <summary>Draws a new secret for signing outbound messages; the one before signs too for another day.</summary>
    /// <returns>The secret, which cannot be read again.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<string> RotateWebhookSecretAsync(string workspaceId)
    {
        string secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(WebhookSecretBytes));
        await documents.ChangeAsync(workspaceId, before => before with
        {
            SealedWebhookSecret = Seal(secret),
            SealedPreviousWebhookSecret = before.SealedWebhookSecret,
            PreviousWebhookSecretUntil = before.SealedWebhookSecret is null ? null : time.GetUtcNow() + PreviousSecretLives,
        }).ConfigureAwait(false);
        return secret;
    }

    public string Seal(string secret) => protector.Protect(secret);

    /// <summary>A sealed secret in the clear; null where there is none, or where the key it was sealed with is gone.</summary>
    public string? Open(string? sealedSecret) => sealedSecret is null ? null : protector.Unprotect(sealedSecret);

    /// <summary>What may be shown of a sealed secret; null where there is none.</summary>
    public string? MaskSealed(string? sealedSecret) => sealedSecret is null ? null : Mask(Open(sealedSecret) ?? "");

    /// <summary>What may be shown of a secret.</summary>
    public static string Mask(string secret) => secret.Length < ShortestShown ? MaskSign : MaskSign + secret[^ShownCharacters..];

    /// <summary>Whether a text is what <see cref="Mask"/> made: it says that a secret stays as it is.</summary>
    public static bool IsMask(string text) => text.StartsWith(MaskSign, StringComparison.Ordinal);
}
