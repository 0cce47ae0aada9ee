using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Instructions;

/// <summary>
/// Instructions and their earlier versions, by project and task. The newest version is a record of its own, found without a search and
/// changed together with the history.
/// </summary>
internal sealed class InstructionBook(ITraciraStore store, TimeProvider time)
{
    private const string Newest = "instructions";
    private const string History = "instructions-version";

    /// <summary>The newest version, or null.</summary>
    public async ValueTask<InstructionVersion?> FindAsync(
        string workspaceId, string projectId, string task, CancellationToken cancellationToken = default) =>
        await store.Records.FindAsync(Newest, workspaceId, IdOf(projectId, task), cancellationToken).ConfigureAwait(false) is { } record
            ? Parse(record)
            : null;

    /// <summary>All versions, the newest first.</summary>
    public async ValueTask<IReadOnlyList<InstructionVersion>> ListAsync(
        string workspaceId, string projectId, string task, CancellationToken cancellationToken)
    {
        List<Record> records = await UnderAsync(History, workspaceId, IdOf(projectId, task) + "/", cancellationToken).ConfigureAwait(false);
        return [.. records.Select(Parse).Reverse()];
    }

    /// <summary>Saves the first version, unless there is one.</summary>
    /// <returns>The newest version there is now.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<InstructionVersion> BeginAsync(string workspaceId, string projectId, string task, string content)
    {
        while (true)
        {
            if (await FindAsync(workspaceId, projectId, task).ConfigureAwait(false) is { } newest)
                return newest;
            var first = new InstructionVersion(1, content, time.GetUtcNow());
            if (await TryWriteAsync(workspaceId, IdOf(projectId, task), first).ConfigureAwait(false))
                return first;
        }
    }

    /// <summary>Saves a new version, in force at once.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<InstructionVersion> AddAsync(
        string workspaceId, string projectId, string task, string content, string? teachComment, string? logId)
    {
        while (true)
        {
            InstructionVersion? newest = await FindAsync(workspaceId, projectId, task).ConfigureAwait(false);
            var next = new InstructionVersion((newest?.Version ?? 0) + 1, content, time.GetUtcNow()) { TeachComment = teachComment, LogId = logId };
            if (await TryWriteAsync(workspaceId, IdOf(projectId, task), next).ConfigureAwait(false))
                return next;
        }
    }

    /// <summary>Gives a project's instructions to another one, task by task, save where that one has its own.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask MoveAsync(string workspaceId, string projectId, string intoProjectId)
    {
        List<RecordWrite> writes = [];
        foreach (Record newest in await UnderAsync(Newest, workspaceId, projectId + "/").ConfigureAwait(false))
        {
            string into = intoProjectId + newest.Id[projectId.Length..];
            if (await store.Records.FindAsync(Newest, workspaceId, into).ConfigureAwait(false) is not null)
                continue;
            List<Record> history = await UnderAsync(History, workspaceId, newest.Id + "/").ConfigureAwait(false);
            writes.AddRange(history.Prepend(newest).Select(record => new RecordWrite(
                record.Kind, workspaceId, intoProjectId + record.Id[projectId.Length..], record.Json)));
        }

        writes.AddRange(await RemovalsAsync(workspaceId, projectId + "/").ConfigureAwait(false));
        await store.Records.WriteAsync(writes).ConfigureAwait(false);
    }

    /// <summary>Removes the instructions of a project, or of one of its tasks.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask RemoveAsync(string workspaceId, string projectId, string? task = null)
    {
        List<RecordWrite> removals = await RemovalsAsync(workspaceId, task is null ? projectId + "/" : IdOf(projectId, task)).ConfigureAwait(false);
        await store.Records.WriteAsync(removals).ConfigureAwait(false);
    }

    // The number is the next one or the write fails: two who save at once do not take the same.
    private ValueTask<bool> TryWriteAsync(string workspaceId, string id, InstructionVersion version)
    {
        string json = JsonSerializer.Serialize(version, ApiJson.Wire.InstructionVersion);
        return store.Records.WriteAsync(
        [
            new RecordWrite(Newest, workspaceId, id, json),
            new RecordWrite(History, workspaceId, $"{id}/{version.Version:D9}", json, ExpectedVersion: 0),
        ]);
    }

    private async ValueTask<List<RecordWrite>> RemovalsAsync(string workspaceId, string prefix)
    {
        IEnumerable<Record> records =
        [
            .. await UnderAsync(Newest, workspaceId, prefix).ConfigureAwait(false),
            .. await UnderAsync(History, workspaceId, prefix).ConfigureAwait(false),
        ];
        return [.. records.Select(static record => new RecordWrite(record.Kind, record.WorkspaceId, record.Id, null))];
    }

    // The records whose ids begin with a prefix.
    private async ValueTask<List<Record>> UnderAsync(string kind, string workspaceId, string prefix, CancellationToken cancellationToken = default)
    {
        Record? itself = await store.Records.FindAsync(kind, workspaceId, prefix, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<Record> behind = await store.Records
            .ListAsync(kind, workspaceId, prefix, cancellationToken: cancellationToken).ConfigureAwait(false);
        return [.. itself is null ? [] : new[] { itself }, .. behind.TakeWhile(record => record.Id.StartsWith(prefix, StringComparison.Ordinal))];
    }

    private static InstructionVersion Parse(Record record) => JsonSerializer.Deserialize(record.Json, ApiJson.Wire.InstructionVersion)!;

    // Names are matched without regard to case, and can be longer than the id of a record.
    private static string IdOf(string projectId, string task) =>
        $"{projectId}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(task.ToUpperInvariant())))}";
}
