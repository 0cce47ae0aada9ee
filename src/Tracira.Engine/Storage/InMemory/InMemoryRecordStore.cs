namespace Tracira;

internal sealed class InMemoryRecordStore(InMemoryState state) : IRecordStore
{
    public ValueTask<Record?> FindAsync(string kind, string workspaceId, string id, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() => Find(kind, workspaceId, id)));

    public ValueTask<IReadOnlyList<Record>> ListAsync(
        string kind,
        string workspaceId,
        string? behind = null,
        int limit = int.MaxValue,
        bool descending = false,
        CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do<IReadOnlyList<Record>>(() =>
        {
            IEnumerable<Record> all = state.Records.Values
                .Where(record => record.Kind == kind && record.WorkspaceId == workspaceId)
                .OrderBy(static record => record.Id, StringComparer.Ordinal);
            if (descending)
                all = all.Reverse();
            if (behind is not null)
                all = all.Where(record => descending ? string.CompareOrdinal(record.Id, behind) < 0 : string.CompareOrdinal(record.Id, behind) > 0);
            return [.. all.Take(limit)];
        }));

    public ValueTask<bool> WriteAsync(IReadOnlyList<RecordWrite> writes, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(state.Do(() =>
        {
            if (writes.Any(write => write.ExpectedVersion is { } expected && expected != VersionOf(write)))
                return false;
            foreach (RecordWrite write in writes)
            {
                (string, string, string) key = (write.Kind, write.WorkspaceId, write.Id);
                if (write.Json is null)
                    state.Records.Remove(key);
                else
                    state.Records[key] = new Record(write.Kind, write.WorkspaceId, write.Id, write.Json, VersionOf(write) + 1);
            }

            return true;
        }));

    private Record? Find(string kind, string workspaceId, string id) => state.Records.GetValueOrDefault((kind, workspaceId, id));

    private long VersionOf(RecordWrite write) => Find(write.Kind, write.WorkspaceId, write.Id)?.Version ?? 0;
}
