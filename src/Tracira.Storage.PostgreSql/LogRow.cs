using Npgsql;
using NpgsqlTypes;

namespace Tracira.Storage.PostgreSql;

/// <summary>A log as a row of the table <c>logs</c>: what is asked for in columns, and all of it in <see cref="LogBody"/>.</summary>
internal static class LogRow
{
    /// <summary>What <see cref="Read"/> needs of a log <c>l</c> with its project <c>p</c>.</summary>
    public const string Columns = "l.body, l.task, p.id, p.name, p.icon, p.created_at";

    /// <summary>What <see cref="ReadCount"/> needs of a log.</summary>
    public const string CountColumns =
        "workspace, project, task, at, status, decision, model, counted_among_other_models, counted_rules, latency_ms, cost_usd";

    private const string Copy = """
        copy logs (workspace, id, at, project, task, task_key, status, decision, model, model_key, latency_ms, cost_usd, session_key,
            subject_key, actor_key, search, output_key, tags, metadata, counted_among_other_models, counted_rules, body) from stdin (format binary)
        """;

    /// <summary>Adds rows.</summary>
    public static async Task AddAsync(NpgsqlConnection connection, IEnumerable<(Log Log, byte[] Body, LogCount Count)> rows)
    {
        await using NpgsqlBinaryImporter copy = await connection.BeginBinaryImportAsync(Copy, CancellationToken.None).ConfigureAwait(false);
        foreach ((Log log, byte[] body, LogCount count) in rows)
        {
            await copy.StartRowAsync(CancellationToken.None).ConfigureAwait(false);
            copy.Write(count.Workspace, NpgsqlDbType.Integer);
            copy.Write(log.Id, NpgsqlDbType.Text);
            copy.Write(Moments.Write(log.Timestamp), NpgsqlDbType.Bigint);
            copy.Write(count.Project, NpgsqlDbType.Integer);
            Text(copy, StoredText.Write(log.TaskName));
            Text(copy, StoredText.Fold(log.TaskName));
            copy.Write((short)log.Status, NpgsqlDbType.Smallint);
            Number(copy, DecisionOf(log), NpgsqlDbType.Smallint);
            Text(copy, StoredText.Write(log.Model));
            Text(copy, StoredText.Fold(log.Model) ?? "");
            Number(copy, log.LatencyMs, NpgsqlDbType.Double);
            Number(copy, log.CostUsd, NpgsqlDbType.Double);
            Text(copy, StoredText.Fold(log.SessionId));
            Text(copy, StoredText.Fold(log.SubjectId));
            Text(copy, StoredText.Fold(log.ActorId));
            Text(copy, SearchOf(log));
            Text(copy, StoredText.Fold(log.Output));
            copy.Write(TagsOf(log.Tags), NpgsqlDbType.Jsonb);
            Json(copy, SearchableJson.Of(log.Metadata));
            copy.Write(count.IsOtherModel, NpgsqlDbType.Boolean);
            copy.Write(count.Rules, NpgsqlDbType.Array | NpgsqlDbType.Text);
            copy.Write(body, NpgsqlDbType.Bytea);
        }

        await copy.CompleteAsync(CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>A decision as a number, or null.</summary>
    public static short? DecisionOf(Log log) => log.Decision is { } decision ? (short)decision.Kind : null;

    /// <summary>What the counters know of a log, from columns that begin at <paramref name="first"/>.</summary>
    public static LogCount ReadCount(NpgsqlDataReader reader, int first) => new(
        reader.GetInt32(first),
        reader.GetInt32(first + 1),
        reader.TextOrNull(first + 2),
        Moments.Day(Moments.Read(reader.GetInt64(first + 3))),
        (LogStatus)reader.GetInt16(first + 4),
        reader.IsDBNull(first + 5) ? LogCount.NoDecision : reader.GetInt16(first + 5),
        reader.TextOrNull(first + 6),
        reader.GetBoolean(first + 7),
        reader.GetFieldValue<string?[]>(first + 8),
        reader.IsDBNull(first + 9) ? null : reader.GetDouble(first + 9),
        reader.IsDBNull(first + 10) ? null : reader.GetDouble(first + 10));

    /// <summary>What of a log is in the row, from columns that begin at <paramref name="first"/>.</summary>
    public static ReadLog Read(NpgsqlDataReader reader, int first) => new(
        LogBody.Read(reader.GetFieldValue<byte[]>(first)),
        reader.TextOrNull(first + 1),
        new Project(reader.GetString(first + 2), reader.Text(first + 3), Moments.Read(reader.GetInt64(first + 5))) { Icon = reader.TextOrNull(first + 4) });

    /// <summary>The tags as JSON, folded.</summary>
    public static string TagsOf(IReadOnlyList<string> tags) => JsonOf([.. tags.Select(StoredText.Fold)]);

    /// <summary>Texts as a JSON array.</summary>
    public static string JsonOf(IReadOnlyList<string?> texts)
    {
        if (texts.Count == 0)
            return "[]";
        using var buffer = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (string? text in texts)
                writer.WriteStringValue(text);
            writer.WriteEndArray();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    private static string SearchOf(Log log) => string.Join(
        StoredText.Separator,
        StoredText.Fold(log.TaskName),
        StoredText.Fold(log.Model),
        StoredText.Fold(log.SessionId),
        StoredText.Fold(log.SubjectId),
        StoredText.Fold(log.ActorId));

    private static void Text(NpgsqlBinaryImporter copy, string? text)
    {
        if (text is null)
            copy.WriteNull();
        else
            copy.Write(text, NpgsqlDbType.Text);
    }

    private static void Json(NpgsqlBinaryImporter copy, string? json)
    {
        if (json is null)
            copy.WriteNull();
        else
            copy.Write(json, NpgsqlDbType.Jsonb);
    }

    private static void Number<T>(NpgsqlBinaryImporter copy, T? number, NpgsqlDbType type)
        where T : struct
    {
        if (number is { } value)
            copy.Write(value, type);
        else
            copy.WriteNull();
    }
}

/// <summary>What was read of a log; the revisions of its rules may still have to be.</summary>
internal sealed record ReadLog(LogBody Body, string? TaskName, Project Project)
{
    /// <summary>The logs, once what they need is read.</summary>
    public static async ValueTask<Log[]> ToLogsAsync(IReadOnlyCollection<ReadLog> read, RuleRevisions revisions, CancellationToken cancellationToken)
    {
        await revisions.LoadAsync(read.SelectMany(static log => log.Body.Rules ?? []), cancellationToken).ConfigureAwait(false);
        return [.. read.Select(log => log.Body.ToLog(log.Project, log.TaskName, number => revisions[number]))];
    }
}
