using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// The partitions of the logs. Each month of some decades gets one when its first log comes; what is dated elsewhere goes to one that is always
/// there, so that no caller can make more of them than there are such months.
/// </summary>
internal sealed class Partitions(Database database)
{
    private const long Lock = 0x7472_6163_6972_6102;

    // The first migration has these bounds too.
    private static readonly DateTime First = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly DateTime End = new(2050, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly ConcurrentDictionary<DateTime, bool> _known = new();

    /// <summary>Makes the partitions that logs of these times belong to.</summary>
    public async ValueTask EnsureAsync(IEnumerable<long> times)
    {
        foreach (long time in times)
        {
            if (MonthOf(time) is { } month && !_known.ContainsKey(month))
            {
                await database.WriteAsync(connection => CreateAsync(connection, month), CancellationToken.None).ConfigureAwait(false);
                _known[month] = true;
            }
        }
    }

    /// <summary>Forgets which there are: another node has dropped one.</summary>
    public void Forget() => _known.Clear();

    /// <summary>Drops the months that are over before a moment and have no logs left.</summary>
    public async Task DropEmptyAsync(long before, CancellationToken cancellationToken)
    {
        DateTime end = MonthOf(before) ?? First;
        List<string> names = await database.ReadAsync(
            connection => connection.ReadAsync(
                "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'logs'::regclass",
                static reader => reader.GetString(0),
                cancellationToken),
            cancellationToken).ConfigureAwait(false);
        foreach (DateTime month in names.Select(MonthOfName).OfType<DateTime>().Where(month => month < end && month < ThisMonth))
            await database.WriteAsync(connection => DropIfEmptyAsync(connection, NameOf(month)), CancellationToken.None).ConfigureAwait(false);
    }

    private static DateTime ThisMonth => MonthOf(Moments.Write(DateTimeOffset.UtcNow)) ?? First;

    private static async Task CreateAsync(NpgsqlConnection connection, DateTime month)
    {
        await LockAsync(connection).ConfigureAwait(false);
        await connection.RunAsync(
            $"create table if not exists {NameOf(month)} partition of logs for values from ({Number(month)}) to ({Number(month.AddMonths(1))})",
            CancellationToken.None).ConfigureAwait(false);
    }

    // A log may come at this very moment, so nobody gets in while it is looked whether there are any. Who waits too long goes without.
    private static async Task DropIfEmptyAsync(NpgsqlConnection connection, string name)
    {
        await LockAsync(connection).ConfigureAwait(false);
        await connection.RunAsync(
            $"""
            do $$ begin
              if exists (select from {name}) then return; end if;
              set local lock_timeout = '200ms';
              lock table logs in access exclusive mode;
              if not exists (select from {name}) then drop table {name}; end if;
            exception when lock_not_available or undefined_table then null;
            end $$
            """,
            CancellationToken.None).ConfigureAwait(false);
    }

    private static Task<int> LockAsync(NpgsqlConnection connection) =>
        connection.RunAsync("select pg_advisory_xact_lock($1)", CancellationToken.None, Sql.Long(Lock));

    private static DateTime? MonthOf(long time)
    {
        DateTime moment = Moments.Read(time).UtcDateTime;
        return moment < First || moment >= End ? null : new DateTime(moment.Year, moment.Month, 1, 0, 0, 0, DateTimeKind.Utc);
    }

    private static DateTime? MonthOfName(string name) => DateTime.TryParseExact(
        name, "'logs_'yyyy_MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTime month)
        ? month
        : null;

    private static string NameOf(DateTime month) => month.ToString("'logs_'yyyy_MM", CultureInfo.InvariantCulture);

    private static string Number(DateTime moment) => Moments.Write(moment).ToString(CultureInfo.InvariantCulture);
}
