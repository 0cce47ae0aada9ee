using Tracira.Storage.PostgreSql;

namespace Tracira;

/// <summary>Chooses PostgreSQL.</summary>
public static class PostgreSqlBuilderExtensions
{
    /// <summary>Keeps everything in a PostgreSQL database.</summary>
    /// <param name="builder">Where the choice is made.</param>
    /// <param name="connectionString">Where the database is, as Npgsql knows it.</param>
    public static TraciraBuilder UsePostgreSql(this TraciraBuilder builder, string connectionString) =>
        builder.UseStore(_ => PostgreSqlStore.Open(connectionString));
}
