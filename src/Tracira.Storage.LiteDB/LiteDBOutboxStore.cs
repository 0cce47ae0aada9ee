using System.Runtime.CompilerServices;

namespace Tracira.Storage.LiteDB;

internal sealed class LiteDBOutboxStore(Database database, Gate gate) : IOutboxStore
{
    private const int PageSize = 100;

    public async IAsyncEnumerable<OutboxMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        gate.Pass();
        long last = 0;
        while (true)
        {
            IReadOnlyList<(long Number, int Row, OutboxMessage Message)> page = database.Outbox.Read(last, PageSize);
            bool[] isGone = database.ReadColumns(() => page.Select(read => database.Columns.IsGone(read.Row)).ToArray());
            foreach ((int i, (long number, _, OutboxMessage message)) in page.Index())
            {
                cancellationToken.ThrowIfCancellationRequested();
                last = number;
                if (!isGone[i])
                    yield return message;
            }

            if (page.Count < PageSize)
                break;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
