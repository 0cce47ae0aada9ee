using System.Text.Json;
using Tracira.Server.Api;
using Tracira.Server.Hosting;
using Tracira.Server.Live;

namespace Tracira.Server.Auth;

/// <summary>Who changed what. An entry is durable before the change it is about is answered.</summary>
internal sealed class AuditLog(ITraciraStore store, LiveFeed live, ServerOptions options, TimeProvider time)
{
    public const string Kind = "audit";

    private const int ReadAtOnce = 1_000;
    private const int ForgetAtOnce = 200;
    private const int MomentInId = 13; // what of an id, a UUID of version 7, says when it was made

    /// <summary>Notes a change that has been made.</summary>
    /// <param name="http">The request that made it.</param>
    /// <param name="action">What was done, such as <c>rule.created</c>.</param>
    /// <param name="subjectId">The id of what it was done to; empty where there is but one.</param>
    /// <param name="subjectName">What people call it.</param>
    /// <param name="details">What else is worth knowing: fields and their new values; never a secret.</param>
    public async ValueTask WriteAsync(
        HttpContext http, string action, string subjectId, string? subjectName = null, IReadOnlyDictionary<string, string?>? details = null)
    {
        Caller caller = Caller.Of(http);
        DateTimeOffset now = time.GetUtcNow();
        string id = Guid.CreateVersion7(now).ToString();
        var entry = new AuditEntry(
            id, now, action, subjectId, subjectName, caller.Kind.ToString().ToLowerInvariant(), caller.Id, caller.Name, http.TraceIdentifier, details);
        await store.Records
            .WriteAsync([new RecordWrite(Kind, caller.Workspace.Id, id, JsonSerializer.Serialize(entry, ApiJson.Wire.AuditEntry))]).ConfigureAwait(false);
        live.Tell(caller.Workspace.Id, LiveEvent.Of("change", new LiveChange(action, subjectId, caller.Name), ApiJson.Wire.LiveChange));
    }

    /// <summary>Some of a workspace's entries, newest first.</summary>
    /// <returns>The entries and, where there are more that match, the id of the last of these.</returns>
    public async ValueTask<(IReadOnlyList<AuditEntry> Entries, string? Next)> ListAsync(
        string workspaceId, AuditQuery query, CancellationToken cancellationToken)
    {
        List<AuditEntry> entries = [];
        string? behind = query.Before;
        while (true)
        {
            IReadOnlyList<Record> records = await store.Records
                .ListAsync(Kind, workspaceId, behind, ReadAtOnce, descending: true, cancellationToken).ConfigureAwait(false);
            foreach (AuditEntry entry in records.Select(static record => JsonSerializer.Deserialize(record.Json, ApiJson.Wire.AuditEntry)!).Where(query.Matches))
            {
                if (entries.Count == query.Limit)
                    return (entries, entries[^1].Id);
                entries.Add(entry);
            }

            if (records.Count < ReadAtOnce)
                return (entries, null);
            behind = records[^1].Id;
        }
    }

    /// <summary>Forgets some of a workspace's entries that are too old or too many, the oldest first.</summary>
    /// <returns>How many; 0 where there is nothing to forget.</returns>
    public async ValueTask<int> ForgetAsync(string workspaceId, CancellationToken cancellationToken)
    {
        string end = options.AuditRetentionDays == 0
            ? ""
            : Guid.CreateVersion7(time.GetUtcNow() - TimeSpan.FromDays(options.AuditRetentionDays)).ToString()[..MomentInId];
        IReadOnlyList<Record> newest = await store.Records
            .ListAsync(Kind, workspaceId, limit: options.AuditEntries, descending: true, cancellationToken: cancellationToken).ConfigureAwait(false);
        if (newest.Count == options.AuditEntries && string.CompareOrdinal(newest[^1].Id, end) > 0)
            end = newest[^1].Id;
        IReadOnlyList<Record> oldest = await store.Records
            .ListAsync(Kind, workspaceId, limit: ForgetAtOnce, cancellationToken: cancellationToken).ConfigureAwait(false);
        RecordWrite[] removals =
        [
            .. oldest.TakeWhile(record => string.CompareOrdinal(record.Id, end) < 0).Select(record => new RecordWrite(Kind, workspaceId, record.Id, null)),
        ];
        if (removals.Length > 0)
            await store.Records.WriteAsync(removals, cancellationToken).ConfigureAwait(false);
        return removals.Length;
    }
}
