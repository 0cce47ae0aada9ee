using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Messages as rows of the table <c>outbox</c>.</summary>
internal sealed class OutboxRows
{
    /// <summary>What <see cref="Read"/> needs of a message <c>m</c> with its workspace <c>w</c>.</summary>
    public const string Columns =
        "m.id, w.id, m.log_id, m.event, m.url, m.created_at, m.state, m.attempts, m.next_attempt_at, m.last_attempt_at, m.status_code, m.error";

    private const string Add = """
        insert into outbox (workspace, id, log_id, event, url, lane, created_at, next_attempt_at)
        select workspace, id, log_id, event, url, lane, created_at, created_at
        from unnest($1, $2, $3, $4, $5, $6, $7) with ordinality k (workspace, id, log_id, event, url, lane, created_at, place) order by place
        """;

    /// <summary>Raised when messages may have come to wait.</summary>
    public event Action? Added;

    /// <summary>Tells whoever delivers that there may be something to do.</summary>
    public void TellOfMessages() => Added?.Invoke();

    /// <summary>Adds messages, due at once, in the transaction that is open.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, List<(int Workspace, OutboxMessage Message)> messages)
    {
        if (messages.Count == 0)
            return;
        await connection.RunAsync(
            Add,
            CancellationToken.None,
            Sql.Ints(messages.Select(static entry => entry.Workspace)),
            Sql.Texts(messages.Select(static entry => entry.Message.Id)),
            Sql.Texts(messages.Select(static entry => entry.Message.LogId)),
            Sql.Texts(messages.Select(static entry => entry.Message.Event)),
            Sql.Texts(messages.Select(static entry => StoredText.Write(entry.Message.Url))),
            Sql.Texts(messages.Select(static entry => StoredText.Write(entry.Message.Lane))),
            Sql.Longs(messages.Select(static entry => Moments.Write(entry.Message.CreatedAt)))).ConfigureAwait(false);
    }

    /// <summary>The delivery in a row.</summary>
    public static Delivery Read(NpgsqlDataReader reader)
    {
        var message = new OutboxMessage(
            reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.Text(4), Moments.Read(reader.GetInt64(5)));
        return new Delivery(message, (DeliveryState)reader.GetInt16(6))
        {
            Attempts = reader.GetInt32(7),
            NextAttemptAt = MomentOf(reader, 8),
            LastAttemptAt = MomentOf(reader, 9),
            StatusCode = reader.IsDBNull(10) ? null : reader.GetInt32(10),
            Error = reader.TextOrNull(11),
        };
    }

    private static DateTimeOffset? MomentOf(NpgsqlDataReader reader, int column) => reader.LongOrNull(column) is { } ms ? Moments.Read(ms) : null;
}
