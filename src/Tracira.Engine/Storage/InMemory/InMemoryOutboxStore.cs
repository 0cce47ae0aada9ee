using System.Runtime.CompilerServices;

namespace Tracira;

internal sealed class InMemoryOutboxStore(InMemoryState state) : IOutboxStore
{
    public async IAsyncEnumerable<OutboxMessage> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (OutboxMessage message in state.Do(() => state.Messages.ToArray()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return message;
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }
}
