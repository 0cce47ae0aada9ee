using System.Collections.Concurrent;

namespace Tracira.Storage.PostgreSql;

/// <summary>The numbers of workspaces, which never change and so can be remembered.</summary>
internal sealed class WorkspaceNumbers(Database database)
{
    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>A workspace's number; null where nobody has used it.</summary>
    public async ValueTask<int?> FindAsync(string workspaceId, CancellationToken cancellationToken)
    {
        database.ThrowIfClosed();
        if (_numbers.TryGetValue(workspaceId, out int known))
            return known;
        List<int> found = await database.ReadAsync(
            connection => connection.ReadAsync(
                "select number from workspaces where id = $1", static reader => reader.GetInt32(0), cancellationToken, Sql.Text(workspaceId)),
            cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : _numbers[workspaceId] = found[0];
    }

    /// <summary>A workspace's number, given to it now where it has none.</summary>
    public async ValueTask<int> TakeAsync(string workspaceId, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(workspaceId, cancellationToken).ConfigureAwait(false) is { } number)
                return number;
            await database.WriteAsync(
                connection => connection.RunAsync(
                    "insert into workspaces (id) values ($1) on conflict do nothing", CancellationToken.None, Sql.Text(workspaceId)),
                cancellationToken).ConfigureAwait(false);
        }
    }
}
