using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Auth;

/// <summary>The API keys of all workspaces, by their hashes. Every change of a key goes through here.</summary>
internal sealed class ApiKeys(ITraciraStore store, TimeProvider time)
{
    /// <summary>What every key begins with.</summary>
    public const string Prefix = "tk-";

    /// <summary>The header that a key comes in.</summary>
    public const string HeaderName = "x-api-key";

    private const string Kind = "api-key";

    private readonly ConcurrentDictionary<SecretHash, ApiKey> _keys = new();

    /// <summary>How coarsely it is noted when a key was used: no more than one write for so long.</summary>
    public static TimeSpan UseStep { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Loads the keys.</summary>
    public async Task OpenAsync(IReadOnlyList<Workspace> workspaces, CancellationToken cancellationToken)
    {
        foreach (Workspace workspace in workspaces)
        {
            foreach (Record record in await store.Records.ListAsync(Kind, workspace.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
            {
                ApiKey key = JsonSerializer.Deserialize(record.Json, ApiJson.Wire.ApiKey)! with { Version = record.Version };
                _keys[SecretHash.Parse(key.Hash)] = key;
            }
        }
    }

    /// <summary>Finds a key, revoked ones not and expired ones too, in a time that does not tell how much of it is right.</summary>
    public ApiKey? Find(ReadOnlySpan<char> key) =>
        SecretHash.TryCompute(key, out SecretHash hash) ? _keys.GetValueOrDefault(hash) : null;

    /// <summary>Whether the key's time is over.</summary>
    public bool HasExpired(ApiKey key) => key.ExpiresAt <= time.GetUtcNow();

    /// <summary>A workspace's keys, oldest first.</summary>
    public IReadOnlyList<ApiKey> List(string workspaceId) =>
        [.. _keys.Values.Where(key => key.WorkspaceId == workspaceId).OrderBy(static key => key.Id, StringComparer.Ordinal)];

    /// <summary>Draws a key.</summary>
    /// <returns>What is kept of it, and the key itself, which nobody can be told again.</returns>
    public async ValueTask<(ApiKey Key, string Secret)> CreateAsync(
        string workspaceId, string name, IReadOnlyList<string> scopes, DateTimeOffset? expiresAt)
    {
        string secret = Prefix + RandomNumberGenerator.GetHexString(40, lowercase: true);
        SecretHash hash = SecretHash.Of(secret);
        DateTimeOffset now = time.GetUtcNow();
        var key = new ApiKey(Guid.CreateVersion7(now).ToString(), workspaceId, name, scopes, hash.ToString(), secret[^4..], now, expiresAt);
        await WriteAsync(key).ConfigureAwait(false);
        _keys[hash] = key with { Version = 1 };
        return (key, secret);
    }

    /// <summary>Revokes a key; it is dead when the task completes.</summary>
    /// <returns>The key that was; null where the workspace has none of this id.</returns>
    public async ValueTask<ApiKey?> RevokeAsync(string workspaceId, string id)
    {
        if (List(workspaceId).FirstOrDefault(key => key.Id == id) is not { } key)
            return null;
        await store.Records.WriteAsync([new RecordWrite(Kind, workspaceId, id, Json: null)]).ConfigureAwait(false);
        return _keys.TryRemove(SecretHash.Parse(key.Hash), out _) ? key : null;
    }

    /// <summary>Notes that a key is used, where that has not been noted lately.</summary>
    public async ValueTask NoteUseAsync(ApiKey key)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (now - key.LastUsedAt < UseStep)
            return;
        try
        {
            // The version keeps a key from coming back that is revoked at this moment, and of two uses at once one need not be noted.
            ApiKey used = key with { LastUsedAt = now, Version = key.Version + 1 };
            if (await WriteAsync(used).ConfigureAwait(false))
                _keys.TryUpdate(SecretHash.Parse(key.Hash), used, key);
        }
        catch (StoreUnavailableException)
        {
            // A store that takes no writes can still be read with the key.
        }
    }

    private ValueTask<bool> WriteAsync(ApiKey key) =>
        store.Records.WriteAsync([new RecordWrite(Kind, key.WorkspaceId, key.Id, JsonSerializer.Serialize(key, ApiJson.Wire.ApiKey), Math.Max(0, key.Version - 1))]);
}
