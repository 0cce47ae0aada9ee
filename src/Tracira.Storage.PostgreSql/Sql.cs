using Npgsql;
using NpgsqlTypes;

namespace Tracira.Storage.PostgreSql;

/// <summary>Commands and their parameters, each of a type that is told.</summary>
internal static class Sql
{
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        NpgsqlCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (NpgsqlParameter parameter in parameters)
            command.Parameters.Add(parameter);
        return command;
    }

    /// <summary>Runs a command that answers nothing.</summary>
    /// <returns>How many rows it changed.</returns>
    public static async Task<int> RunAsync(
        this NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = connection.Command(sql, parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads every row of an answer.</summary>
    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlConnection connection,
        string sql,
        Func<NpgsqlDataReader, T> read,
        CancellationToken cancellationToken,
        params NpgsqlParameter[] parameters)
    {
        await using NpgsqlCommand command = connection.Command(sql, parameters);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        List<T> rows = [];
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            rows.Add(read(reader));
        return rows;
    }

    public static NpgsqlParameter Int(int? value) => Of(NpgsqlDbType.Integer, value);

    public static NpgsqlParameter Long(long? value) => Of(NpgsqlDbType.Bigint, value);

    public static NpgsqlParameter Short(short? value) => Of(NpgsqlDbType.Smallint, value);

    public static NpgsqlParameter Flag(bool value) => Of(NpgsqlDbType.Boolean, value);

    public static NpgsqlParameter Text(string? value) => Of(NpgsqlDbType.Text, value);

    public static NpgsqlParameter Bytes(byte[]? value) => Of(NpgsqlDbType.Bytea, value);

    public static NpgsqlParameter Json(string? value) => Of(NpgsqlDbType.Jsonb, value);

    public static NpgsqlParameter Ints(IEnumerable<int> values) => All(NpgsqlDbType.Integer, values);

    public static NpgsqlParameter Longs(IEnumerable<long> values) => All(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter Longs(IEnumerable<long?> values) => All(NpgsqlDbType.Bigint, values);

    public static NpgsqlParameter Shorts(IEnumerable<short> values) => All(NpgsqlDbType.Smallint, values);

    public static NpgsqlParameter Shorts(IEnumerable<short?> values) => All(NpgsqlDbType.Smallint, values);

    public static NpgsqlParameter Texts(IEnumerable<string?> values) => All(NpgsqlDbType.Text, values);

    public static NpgsqlParameter Flags(IEnumerable<bool> values) => All(NpgsqlDbType.Boolean, values);

    public static NpgsqlParameter Decimals(IEnumerable<decimal> values) => All(NpgsqlDbType.Numeric, values);

    public static NpgsqlParameter ByteArrays(IEnumerable<byte[]> values) => All(NpgsqlDbType.Bytea, values);

    /// <summary>The text in a column, or null.</summary>
    public static string? TextOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : StoredText.Read(reader.GetString(column));

    /// <summary>The text in a column.</summary>
    public static string Text(this NpgsqlDataReader reader, int column) => StoredText.Read(reader.GetString(column));

    public static long? LongOrNull(this NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);

    private static NpgsqlParameter Of(NpgsqlDbType type, object? value) => new() { NpgsqlDbType = type, Value = value ?? DBNull.Value };

    private static NpgsqlParameter All<T>(NpgsqlDbType type, IEnumerable<T> values) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | type, Value = values.ToArray() };
}
