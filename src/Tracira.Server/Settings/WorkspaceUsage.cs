using System.IO.Enumeration;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Settings;

/// <summary>Measures what a workspace uses.</summary>
internal sealed class WorkspaceUsage(ITraciraStore store, ServerOptions options, TimeProvider time)
{
    private static readonly EnumerationOptions EveryFile = new() { RecurseSubdirectories = true, IgnoreInaccessible = true };

    public async ValueTask<UsageItem> MeasureAsync(string workspaceId, CancellationToken cancellationToken)
    {
        IReadOnlyList<LogCounter> counters = await store.Logs.CountAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        DateTime today = time.GetUtcNow().UtcDateTime;
        var month = new DateOnly(today.Year, today.Month, 1);
        return new UsageItem(
            counters.Sum(static counter => counter.Count),
            counters.Where(counter => counter.Day >= month && counter.Day < month.AddMonths(1)).Sum(static counter => counter.Count),
            await store.Media.CountBytesAsync(workspaceId, cancellationToken).ConfigureAwait(false),
            MeasureFolder());
    }

    // Files come and go while they are counted, which the enumeration bears and a FileInfo would not.
    private long MeasureFolder() => new FileSystemEnumerable<long>(
        options.DataFolder, static (ref FileSystemEntry entry) => entry.IsDirectory ? 0 : entry.Length, EveryFile).Sum();
}
