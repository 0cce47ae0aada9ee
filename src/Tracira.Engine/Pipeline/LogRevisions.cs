using System.Text.Json;

namespace Tracira;

/// <summary>
/// Which logs are attempts at the same thing. A log names the one it is a new attempt at; the other direction is kept as a record beside
/// each log that was attempted anew.
/// </summary>
/// <param name="store">Where logs and links are kept.</param>
public sealed class LogRevisions(ITraciraStore store)
{
    private const string Kind = "revisions";
    private const int MaxChain = 100;

    /// <summary>All attempts at the same thing as a log, the earliest first, by their ids, itself among them; about 100 at most. Logs that are gone are left out.</summary>
    public async ValueTask<IReadOnlyList<string>> ChainAsync(Log log, CancellationToken cancellationToken = default)
    {
        HashSet<string> earlier = [log.Id];
        Log first = log;
        while (earlier.Count < MaxChain
            && first.RevisionOf is { } id
            && earlier.Add(id)
            && await store.Logs.FindAsync(log.WorkspaceId, id, cancellationToken).ConfigureAwait(false) is { } original)
        {
            first = original;
        }

        List<string> chain = [first.Id];
        for (int i = 0; i < chain.Count; i++)
        {
            foreach (string id in (await FindAsync(log.WorkspaceId, chain[i], cancellationToken).ConfigureAwait(false)).Ids)
            {
                if (chain.Count < MaxChain
                    && !chain.Contains(id)
                    && await store.Logs.FindAsync(log.WorkspaceId, id, cancellationToken).ConfigureAwait(false) is not null)
                {
                    chain.Add(id);
                }
            }
        }

        if (!chain.Contains(log.Id))
            chain.Add(log.Id); // one attempt too many to be linked
        return chain;
    }

    /// <summary>Notes that a log is a new attempt at the one it names. Noting it again changes nothing.</summary>
    internal async ValueTask LinkAsync(Log log, CancellationToken cancellationToken)
    {
        string original = log.RevisionOf!;
        while (true)
        {
            (string[] ids, long version) = await FindAsync(log.WorkspaceId, original, cancellationToken).ConfigureAwait(false);
            if (ids.Contains(log.Id) || ids.Length == MaxChain)
                return;
            string json = $"[\"{string.Join("\",\"", [.. ids, log.Id])}\"]"; // an id has no character that JSON would escape
            var write = new RecordWrite(Kind, log.WorkspaceId, original, json, version);
            if (await store.Records.WriteAsync([write], cancellationToken).ConfigureAwait(false))
                return;
        }
    }

    private async ValueTask<(string[] Ids, long Version)> FindAsync(string workspaceId, string original, CancellationToken cancellationToken)
    {
        if (await store.Records.FindAsync(Kind, workspaceId, original, cancellationToken).ConfigureAwait(false) is not { } record)
            return ([], 0);
        using var document = JsonDocument.Parse(record.Json);
        return ([.. document.RootElement.EnumerateArray().Select(static id => id.GetString()!)], record.Version);
    }
}
