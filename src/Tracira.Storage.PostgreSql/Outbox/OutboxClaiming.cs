using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Leases messages to a dispatcher. Of those about one log for one receiver only the first that waits can be had. Lane by lane the ones
/// longest due are read from an index, so that a lane in which a hundred thousand wait costs no more than any other.
/// </summary>
internal static class OutboxClaiming
{
    private const long Lock = 0x7472_6163_6972_6103;

    // The lanes in which messages wait, found by going from one to the next in an index, with how many may be had of each.
    private const string Lanes = """
        with recursive lane_names (lane) as (
            (select lane from outbox where state = 0 order by lane limit 1)
            union all
            select (select o.lane from outbox o where o.state = 0 and o.lane > l.lane order by o.lane limit 1) from lane_names l where l.lane is not null),
        lanes (lane, most) as (
            select n.lane, coalesce(k.most, $3) from lane_names n left join unnest($1, $2) k (lane, most) on k.lane = n.lane where n.lane is not null)
        """;

    private const string IsFirst = """
        not exists (
            select from outbox b where b.state = 0 and b.workspace = o.workspace and b.log_id = o.log_id and md5(b.url) = md5(o.url) and b.url = o.url
                and b.position < o.position)
        """;

    // A message whose outcome is being written at this moment is passed over.
    private const string Take = $"""
        {Lanes},
        due as (
            select o.workspace, o.id, o.next_attempt_at, o.position
            from lanes l cross join lateral (
                select * from outbox o where o.state = 0 and o.lane = l.lane and o.due <= $4 and {IsFirst} order by o.due, o.position limit l.most) o
            order by o.next_attempt_at, o.position limit $5),
        held as (
            select o.workspace, o.id from outbox o join due d on d.workspace = o.workspace and d.id = o.id where o.state = 0 for update of o skip locked)
        update outbox m set leased_until = $6 from held h, workspaces w
        where m.workspace = h.workspace and m.id = h.id and w.number = m.workspace
        returning {OutboxRows.Columns}, m.position
        """;

    private const string NextDue = $"""
        {Lanes}
        select min(o.due) from lanes l cross join lateral (
            select o.due from outbox o
            where o.state = 0 and o.lane = l.lane and l.most > 0 and {IsFirst}
                and not exists (select from unnest($4, $5) g (workspace_id, id) join workspaces w on w.id = g.workspace_id where w.number = o.workspace and g.id = o.id)
            order by o.due limit 1) o
        """;

    /// <summary>Leases messages, in a transaction of their own. Dispatchers come one after the other: each sees what those before it took.</summary>
    public static async Task<ClaimedDeliveries> RunAsync(NpgsqlConnection connection, OutboxClaim claim)
    {
        // A lease that a crash of the database forgets ends early; that is no worse than one whose holder died.
        await connection.RunAsync("set local synchronous_commit = off", CancellationToken.None).ConfigureAwait(false);
        await connection.RunAsync("select pg_advisory_xact_lock($1)", CancellationToken.None, Sql.Long(Lock)).ConfigureAwait(false);
        List<(Delivery Delivery, long Position)> taken = await connection.ReadAsync(
            Take,
            static reader => (OutboxRows.Read(reader), reader.GetInt64(12)),
            CancellationToken.None,
            [.. LanesOf(claim), Sql.Long(Moments.Write(claim.Now)), Sql.Int(claim.Limit), Sql.Long(Moments.Write(claim.Until))]).ConfigureAwait(false);
        List<long?> next = await connection.ReadAsync(
            NextDue,
            static reader => reader.LongOrNull(0),
            CancellationToken.None,
            [
                .. LanesOf(claim),
                Sql.Texts(taken.Select(static entry => entry.Delivery.Message.WorkspaceId)),
                Sql.Texts(taken.Select(static entry => entry.Delivery.Message.Id)),
            ]).ConfigureAwait(false);
        Delivery[] deliveries =
        [
            .. taken.OrderBy(static entry => entry.Delivery.NextAttemptAt).ThenBy(static entry => entry.Position).Select(static entry => entry.Delivery),
        ];
        return new ClaimedDeliveries(deliveries, next[0] is { } due ? Moments.Read(due) : null);
    }

    private static NpgsqlParameter[] LanesOf(OutboxClaim claim) =>
        [Sql.Texts(claim.LaneLimits.Keys), Sql.Ints(claim.LaneLimits.Values), Sql.Int(claim.LaneLimit)];
}
