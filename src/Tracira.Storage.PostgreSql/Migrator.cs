using System.Globalization;
using System.Reflection;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>Brings the schema up to date, step by step, each step one transaction; of nodes that start at once one does it.</summary>
internal static class Migrator
{
    private const long Lock = 0x7472_6163_6972_6101; // "tracira" and a number: what no other program locks

    /// <summary>Runs what has not been run.</summary>
    /// <exception cref="StoreUnavailableException">The schema is that of a newer version.</exception>
    public static void Run(NpgsqlConnection connection)
    {
        SortedDictionary<int, string> steps = Steps();
        if (VersionOf(connection) == steps.Keys.Last())
            return;
        Execute(connection, "select pg_advisory_lock($1)", Sql.Long(Lock));
        try
        {
            Execute(connection, "create table if not exists schema_versions (version int primary key, applied_at timestamptz not null default now())");
            int version = VersionOf(connection);
            if (version > steps.Keys.Last())
                throw new StoreUnavailableException($"The database has version {version} of the schema, of a newer Tracira; this one knows {steps.Keys.Last()}.");
            foreach ((int number, string sql) in steps.Where(step => step.Key > version))
            {
                using NpgsqlTransaction transaction = connection.BeginTransaction();
                Execute(connection, sql);
                Execute(connection, "insert into schema_versions (version) values ($1)", Sql.Int(number));
                transaction.Commit();
            }
        }
        finally
        {
            Execute(connection, "select pg_advisory_unlock($1)", Sql.Long(Lock));
        }
    }

    private static int VersionOf(NpgsqlConnection connection)
    {
        using NpgsqlCommand known = connection.Command("select to_regclass('schema_versions') is not null");
        if (known.ExecuteScalar() is not true)
            return 0;
        using NpgsqlCommand command = connection.Command("select coalesce(max(version), 0) from schema_versions");
        return (int)command.ExecuteScalar()!;
    }

    private static void Execute(NpgsqlConnection connection, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        using NpgsqlCommand command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private static SortedDictionary<int, string> Steps()
    {
        var steps = new SortedDictionary<int, string>();
        Assembly assembly = typeof(Migrator).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            steps.Add(int.Parse(Path.GetFileNameWithoutExtension(name), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }

        return steps;
    }
}
