using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracira.Server.Settings;

/// <summary>The one value that each workspace has of a kind, kept as a JSON record. Of several who change it at once nobody's change is lost.</summary>
/// <param name="records">Where it is kept.</param>
/// <param name="kind">The kind of the record.</param>
/// <param name="type">How it is written.</param>
/// <param name="empty">The value of a workspace that has none yet.</param>
internal sealed class WorkspaceDocument<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] T>(
    IRecordStore records, string kind, JsonTypeInfo<T> type, T empty)
    where T : class
{
    private const string Id = "current";

    // A store that holds its records in memory gives out the same one until it changes: it is parsed once.
    private readonly ConditionalWeakTable<Record, T> _parsed = [];

    public async ValueTask<T> GetAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        Parse(await records.FindAsync(kind, workspaceId, Id, cancellationToken).ConfigureAwait(false));

    /// <summary>Changes the value. What is returned is durable.</summary>
    /// <param name="workspaceId">Whose value it is.</param>
    /// <param name="change">
    /// Says what the value becomes; the same instance to leave it. Called again where somebody else was quicker.
    /// </param>
    /// <returns>The value as it is now.</returns>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was changed.</exception>
    public async ValueTask<T> ChangeAsync(string workspaceId, Func<T, T> change)
    {
        while (true)
        {
            Record? record = await records.FindAsync(kind, workspaceId, Id).ConfigureAwait(false);
            T before = Parse(record);
            T after = change(before);
            if (ReferenceEquals(before, after))
                return before;
            var write = new RecordWrite(kind, workspaceId, Id, JsonSerializer.Serialize(after, type), record?.Version ?? 0);
            if (await records.WriteAsync([write]).ConfigureAwait(false))
                return after;
        }
    }

    private T Parse(Record? record) =>
        record is null ? empty : _parsed.GetValue(record, record => JsonSerializer.Deserialize(record.Json, type)!);
}
