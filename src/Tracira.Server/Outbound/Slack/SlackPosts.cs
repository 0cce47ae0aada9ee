using System.Text.Json;
using Tracira.Server.Api;

namespace Tracira.Server.Outbound.Slack;

/// <summary>Which messages were posted about logs that nobody has decided on, so that they can be updated once somebody does.</summary>
internal sealed class SlackPosts(ITraciraStore store, TimeProvider time)
{
    private const string Kind = "slack-posts";

    // More than one only where a log was flagged again before anybody had decided.
    private const int MaxPosts = 10;
    private const int SweepBatch = 200;

    // Longer than any update is tried for.
    private static readonly TimeSpan KeptAfterDecision = TimeSpan.FromDays(7);

    /// <summary>The messages about a log, oldest first.</summary>
    public async ValueTask<IReadOnlyList<SlackPost>> FindAsync(string workspaceId, string logId) =>
        Read(await store.Records.FindAsync(Kind, workspaceId, logId).ConfigureAwait(false));

    /// <summary>Remembers a message.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask AddAsync(string workspaceId, string logId, SlackPost post)
    {
        while (true)
        {
            Record? record = await store.Records.FindAsync(Kind, workspaceId, logId).ConfigureAwait(false);
            IReadOnlyList<SlackPost> known = Read(record);
            if (known.Any(post.IsSameAs))
                return;
            IReadOnlyList<SlackPost> posts = [.. known.TakeLast(MaxPosts - 1), post];
            var write = new RecordWrite(
                Kind, workspaceId, logId, JsonSerializer.Serialize(posts, ApiJson.Wire.IReadOnlyListSlackPost), record?.Version ?? 0);
            if (await store.Records.WriteAsync([write]).ConfigureAwait(false))
                return;
        }
    }

    /// <summary>Forgets the messages about a log: they say what was decided, and that is the last of them.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask ForgetAsync(string workspaceId, string logId) =>
        await store.Records.WriteAsync([new RecordWrite(Kind, workspaceId, logId, Json: null)]).ConfigureAwait(false);

    /// <summary>Forgets the messages that nothing will update any more: those of logs that are gone, or were decided on long ago.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write.</exception>
    public async Task SweepAsync(string workspaceId, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - KeptAfterDecision;
        IReadOnlyList<Record> batch = [];
        do
        {
            string? behind = batch.Count == 0 ? null : batch[^1].Id;
            batch = await store.Records.ListAsync(Kind, workspaceId, behind, SweepBatch, cancellationToken: cancellationToken).ConfigureAwait(false);
            List<RecordWrite> removals = [];
            foreach (Record record in batch)
            {
                Log? log = await store.Logs.FindAsync(workspaceId, record.Id, cancellationToken).ConfigureAwait(false);
                if (log is null || log.Decision?.At < before)
                    removals.Add(new RecordWrite(Kind, workspaceId, record.Id, Json: null, record.Version));
            }

            if (removals.Count > 0)
                await store.Records.WriteAsync(removals, cancellationToken).ConfigureAwait(false);
        }
        while (batch.Count == SweepBatch);
    }

    private static IReadOnlyList<SlackPost> Read(Record? record) =>
        record is null ? [] : JsonSerializer.Deserialize(record.Json, ApiJson.Wire.IReadOnlyListSlackPost)!;
}
