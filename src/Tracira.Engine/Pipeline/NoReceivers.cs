namespace Tracira;

/// <summary>Stands in where nobody outside is known: only a log's own callback hears of it.</summary>
internal sealed class NoReceivers : IEventReceivers
{
    public IReadOnlyList<string> Find(Log log, string eventName) => [];
}
