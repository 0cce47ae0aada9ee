using System.Security.Cryptography;
using Tracira.Server.Hosting;

namespace Tracira.Server.Auth;

/// <summary>
/// The workspaces, by id and by the hash of their tokens. Every change of a workspace goes through here: what it replaces, a token above
/// all, is dead when the change's task completes.
/// </summary>
internal sealed class WorkspaceDirectory(ITraciraStore store, TimeProvider time) : IDisposable
{
    private const string ConfigurationKind = "configuration";
    private const string AppliedTokenId = "webhook-token";

    private readonly SemaphoreSlim _changing = new(1, 1);
    private volatile Index _index = new([]);

    /// <summary>The workspaces, oldest first.</summary>
    public IReadOnlyList<Workspace> All => _index.All;

    /// <summary>The workspace that a new store begins with; it cannot be removed.</summary>
    public Workspace Default => _index.ById[Workspace.DefaultId];

    /// <summary>Loads the workspaces and makes the first one where there is none.</summary>
    /// <param name="token">The token the default workspace shall have; null to keep the one it has, or to draw one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the workspace was made just now.</returns>
    /// <exception cref="SettingException">The token belongs to another workspace.</exception>
    public async Task<bool> OpenAsync(string? token, CancellationToken cancellationToken)
    {
        IReadOnlyList<Workspace> workspaces = await store.Workspaces.ListAsync(cancellationToken).ConfigureAwait(false);
        _index = new Index(workspaces);
        bool isNew = !_index.ById.ContainsKey(Workspace.DefaultId);
        if (isNew)
        {
            var first = new Workspace(Workspace.DefaultId, "My workspace", token ?? NewToken(), WholeSecond(time.GetUtcNow()));
            await store.Workspaces.SaveAsync(first, cancellationToken).ConfigureAwait(false);
            _index = new Index([.. workspaces, first]);
        }

        if (token is not null)
            await ApplyAsync(token, cancellationToken).ConfigureAwait(false);
        return isNew;
    }

    /// <summary>Finds the workspace of a token, in a time that does not tell how much of the token is right.</summary>
    public Workspace? Find(ReadOnlySpan<char> token) =>
        SecretHash.TryCompute(token, out SecretHash hash) ? _index.ByToken.GetValueOrDefault(hash) : null;

    /// <summary>The workspace of an id, or null.</summary>
    public Workspace? FindById(string id) => _index.ById.GetValueOrDefault(id);

    /// <summary>Makes a workspace with a token of its own.</summary>
    public async Task<Workspace> AddAsync(string name)
    {
        DateTimeOffset now = time.GetUtcNow();
        var workspace = new Workspace(Guid.CreateVersion7(now).ToString(), name, NewToken(), WholeSecond(now));
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            await store.Workspaces.SaveAsync(workspace).ConfigureAwait(false);
            _index = new Index([.. All, workspace]);
            return workspace;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Removes a workspace with all that is in it. From the moment that this begins nobody gets into it.</summary>
    /// <returns>False where it is gone already.</returns>
    /// <exception cref="ArgumentException">It is the default workspace.</exception>
    public async Task<bool> RemoveAsync(Workspace workspace)
    {
        if (workspace.Id == Workspace.DefaultId)
            throw new ArgumentException("The default workspace cannot be removed.", nameof(workspace));
        await _changing.WaitAsync().ConfigureAwait(false);
        Index before = _index;
        try
        {
            _index = new Index([.. All.Where(other => other.Id != workspace.Id)]);
            return await store.Workspaces.DeleteAsync(workspace.Id).ConfigureAwait(false);
        }
        catch
        {
            _index = before;
            throw;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>Gives a workspace another name.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task<Workspace> RenameAsync(Workspace workspace, string name) => ChangeAsync(workspace, known => known with { Name = name });

    /// <summary>Says how far a workspace's token reaches.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task<Workspace> SetTokenScopeAsync(Workspace workspace, TokenScope scope) => ChangeAsync(workspace, known => known with { TokenScope = scope });

    /// <summary>Draws a new token for a workspace; the old one is dead when the task completes.</summary>
    /// <inheritdoc cref="ChangeAsync"/>
    public Task<Workspace> RotateTokenAsync(Workspace workspace) => ChangeAsync(workspace, static known => known with { WebhookToken = NewToken() });

    public void Dispose() => _changing.Dispose();

    /// <returns>The workspace as it is now.</returns>
    /// <exception cref="StoreUnavailableException">The workspace was removed meanwhile, or the store cannot be written.</exception>
    private async Task<Workspace> ChangeAsync(Workspace workspace, Func<Workspace, Workspace> change)
    {
        await _changing.WaitAsync().ConfigureAwait(false);
        try
        {
            Workspace known = FindById(workspace.Id) ?? throw new StoreUnavailableException("The workspace has just been removed.");
            Workspace changed = change(known);
            await store.Workspaces.SaveAsync(changed).ConfigureAwait(false);
            _index = new Index([.. All.Select(other => other.Id == changed.Id ? changed : other)]);
            return changed;
        }
        finally
        {
            _changing.Release();
        }
    }

    // Once for each token that is configured: were it done at every start, a token that was rotated because it leaked would come back to
    // life with the next one.
    private async Task ApplyAsync(string token, CancellationToken cancellationToken)
    {
        string hash = $"\"{SecretHash.Of(token)}\"";
        Record? applied = await store.Records.FindAsync(ConfigurationKind, "", AppliedTokenId, cancellationToken).ConfigureAwait(false);
        if (applied?.Json == hash)
            return;
        if (Find(token) is { } other && other.Id != Workspace.DefaultId)
            throw new SettingException("WebhookToken", $"is the token of another workspace, {other.Name}");
        if (Default.WebhookToken != token) // a new workspace was made with it
            await ChangeAsync(Default, known => known with { WebhookToken = token }).ConfigureAwait(false);
        await store.Records.WriteAsync([new RecordWrite(ConfigurationKind, "", AppliedTokenId, hash)], cancellationToken).ConfigureAwait(false);
    }

    private static string NewToken() => "wh-" + RandomNumberGenerator.GetHexString(40, lowercase: true);

    private static DateTimeOffset WholeSecond(DateTimeOffset moment) => DateTimeOffset.FromUnixTimeSeconds(moment.ToUnixTimeSeconds());

    /// <summary>The workspaces between two changes.</summary>
    private sealed class Index(IReadOnlyList<Workspace> all)
    {
        public IReadOnlyList<Workspace> All { get; } = all;

        public Dictionary<string, Workspace> ById { get; } = all.ToDictionary(static workspace => workspace.Id);

        public Dictionary<SecretHash, Workspace> ByToken { get; } = all.ToDictionary(static workspace => SecretHash.Of(workspace.WebhookToken));
    }
}
