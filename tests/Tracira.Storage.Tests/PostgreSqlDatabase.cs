using Npgsql;

namespace Tracira.Storage.Tests;

/// <summary>A database that goes with the tests of a class, on the server that eng/test.sh starts.</summary>
public sealed class PostgreSqlDatabase : IDisposable
{
    private const string Variable = "TRACIRA_TEST_POSTGRES";

    private readonly string _name = $"tracira_{Guid.NewGuid():N}";
    private readonly NpgsqlDataSource _source; // its connection stays, as a new one has the whole catalog to read

    public PostgreSqlDatabase()
    {
        Run(Server, $"create database {_name}");
        _source = NpgsqlDataSource.Create(ConnectionString);
    }

    /// <summary>How to open it.</summary>
    public string ConnectionString => new NpgsqlConnectionStringBuilder(Server) { Database = _name }.ConnectionString;

    private static string Server => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } server
        ? server
        : throw new InvalidOperationException($"{Variable} must be the connection string of a PostgreSQL server on which databases can be made; eng/test.sh starts one.");

    /// <summary>Does something in it, past the store.</summary>
    public void Run(string sql)
    {
        using NpgsqlCommand command = _source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>Asks it something, past the store.</summary>
    public List<string> Ask(string sql)
    {
        using NpgsqlCommand command = _source.CreateCommand(sql);
        using NpgsqlDataReader reader = command.ExecuteReader();
        List<string> rows = [];
        while (reader.Read())
            rows.Add(reader.GetValue(0).ToString()!);
        return rows;
    }

    /// <summary>Breaks every connection to it and lets none in, or lets them in again.</summary>
    public void Refuse(bool refuse)
    {
        Run(Server, $"alter database {_name} allow_connections {!refuse}");
        if (refuse)
            Run(Server, $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{_name}'");
    }

    /// <summary>Removes what is in it: quicker by far than another database.</summary>
    public void Empty() => Run(
        """
        delete from logs; delete from log_ids; delete from log_counters; delete from model_counters; delete from rule_counters; delete from outbox;
        delete from records; delete from media_files; delete from media_contents; delete from rules; delete from rule_revisions; delete from projects;
        delete from workspaces;
        """);

    public void Dispose()
    {
        _source.Dispose();
        Run(Server, $"drop database {_name} with (force)");
    }

    private static void Run(string connectionString, string sql)
    {
        using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        using NpgsqlCommand command = source.CreateCommand(sql);
        command.ExecuteNonQuery();
    }
}
