using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Does a group of changes as one transaction, all of a kind with the same few statements.</summary>
internal sealed class GroupWrite(Database database, Partitions partitions, LogAppending appending, LogChanging changing, OutboxRows outbox, short shard)
{
    public async ValueTask CommitAsync(IReadOnlyList<WriteCommand> group)
    {
        int told = await database.WriteAsync(connection => WriteAsync(connection, group), CancellationToken.None).ConfigureAwait(false);
        if (told > 0)
            outbox.TellOfMessages();
    }

    private async Task<(bool Commit, int Messages)> WriteAsync(NpgsqlConnection connection, IReadOnlyList<WriteCommand> group)
    {
        foreach (WriteCommand command in group)
            command.Refusal = null;
        appending.Trim();
        await partitions.EnsureAsync(group.OfType<AppendCommand>()
            .SelectMany(static command => command.Items)
            .Select(static item => Moments.Write(item.Write.Log.Timestamp))).ConfigureAwait(false);
        var counters = new CounterChanges(shard);
        List<(int Workspace, OutboxMessage Message)> messages = [];
        try
        {
            await appending.RunAsync(connection, [.. group.OfType<AppendCommand>()], counters, messages).ConfigureAwait(false);
            await changing.RunAsync(connection, [.. group.OfType<ChangeCommand>()], counters, messages).ConfigureAwait(false);
        }
        catch (Exception)
        {
            appending.Forget();
            partitions.Forget();
            throw;
        }

        foreach (IGrouping<int, DeleteCommand> workspace in group.OfType<DeleteCommand>().GroupBy(static command => command.Workspace))
            await DeleteAsync(connection, workspace.Key, [.. workspace], counters).ConfigureAwait(false);
        await OutboxRows.AddAsync(connection, messages).ConfigureAwait(false);
        await counters.SaveAsync(connection).ConfigureAwait(false);
        return (true, messages.Count);
    }

    private static async Task DeleteAsync(NpgsqlConnection connection, int workspace, DeleteCommand[] commands, CounterChanges counters)
    {
        string[] ids = [.. commands.SelectMany(static command => command.Ids).Distinct()];
        HashSet<string> gone = [.. await LogDeleting.DeleteAsync(connection, workspace, ids, counters).ConfigureAwait(false)];
        foreach (DeleteCommand command in commands)
            command.Answer = [.. command.Ids.Distinct().Where(gone.Contains)];
    }
}
