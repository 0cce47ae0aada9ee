using System.Security.Cryptography;
using System.Text;

namespace Tracira.Server.Auth;

/// <summary>The workspaces by the SHA-256 of their tokens; makes the first workspace and rotates tokens.</summary>
internal sealed class WorkspaceDirectory(ITraciraStore store, TimeProvider time)
{
    private volatile Entry[] _entries = [];

    /// <summary>The workspace that the operator's commands are about.</summary>
    public Workspace Default => _entries[0].Workspace;

    /// <summary>Loads the workspaces and makes the first one where there is none.</summary>
    /// <param name="token">The token the default workspace shall have; null to keep the one it has, or to draw one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the workspace was made just now.</returns>
    public async Task<bool> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        IReadOnlyList<Workspace> workspaces = await store.Workspaces.ListAsync(cancellationToken).ConfigureAwait(false);
        Workspace? known = workspaces.FirstOrDefault(static workspace => workspace.Id == Workspace.DefaultId);
        Workspace wanted = known ?? new Workspace(Workspace.DefaultId, "My workspace", NewToken(), WholeSecond(time.GetUtcNow()));
        if (token is not null)
            wanted = wanted with { WebhookToken = token };
        if (wanted != known)
            await store.Workspaces.SaveAsync(wanted, cancellationToken).ConfigureAwait(false);
        _entries = [new Entry(wanted)];
        return known is null;
    }

    /// <summary>Finds the workspace of a token, in a time that does not tell how much of the token is right.</summary>
    public Workspace? Find(ReadOnlySpan<char> token)
    {
        Span<byte> utf8 = stackalloc byte[256];
        if (!Encoding.UTF8.TryGetBytes(token, utf8, out int length))
            return null;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(utf8[..length], hash);
        Workspace? found = null;
        foreach (Entry entry in _entries)
        {
            if (CryptographicOperations.FixedTimeEquals(entry.TokenHash, hash))
                found = entry.Workspace;
        }

        return found;
    }

    /// <summary>Draws a new token for the default workspace; the old one is dead when the task completes.</summary>
    public async Task<Workspace> RotateAsync(CancellationToken cancellationToken)
    {
        Workspace rotated = Default with { WebhookToken = NewToken() };
        await store.Workspaces.SaveAsync(rotated, cancellationToken).ConfigureAwait(false);
        _entries = [new Entry(rotated)];
        return rotated;
    }

    private static string NewToken() => "wh-" + RandomNumberGenerator.GetHexString(40, lowercase: true);

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    private sealed record Entry(Workspace Workspace)
    {
        public byte[] TokenHash { get; } = SHA256.HashData(Encoding.UTF8.GetBytes(Workspace.WebhookToken));
    }
}
