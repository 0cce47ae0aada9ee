using System.Net.Sockets;
using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>The way to the database: connections, transactions, and what its errors mean to callers.</summary>
internal sealed class Database : IAsyncDisposable
{
    private const int Attempts = 8;
    private const int PreparedStatements = 64;

    private readonly NpgsqlDataSource _source;
    private volatile bool _isClosed;

    public Database(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0)
            settings.MaxAutoPrepare = PreparedStatements;
        settings.ApplicationName ??= "tracira";
        var builder = new NpgsqlSlimDataSourceBuilder(settings.ConnectionString);
        builder.EnableArrays();
        builder.EnableJsonTypes();
        builder.EnableTransportSecurity();
        _source = builder.Build();
    }

    /// <summary>Turns calls away once the store is closed.</summary>
    public void ThrowIfClosed()
    {
        if (_isClosed)
            throw new StoreUnavailableException("The store is closed.");
    }

    /// <summary>Asks the database something.</summary>
    /// <exception cref="StoreUnavailableException">The database cannot be asked.</exception>
    public async ValueTask<T> ReadAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await read(connection).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unavailable(exception);
        }
    }

    /// <summary>
    /// Changes something in one transaction, and returns when that is committed. Done again from the start where another transaction came in
    /// between.
    /// </summary>
    /// <param name="write">Does it, and says whether to commit. Must do the same when it is called again.</param>
    /// <param name="cancellationToken">Gives up before the write begins.</param>
    /// <exception cref="StoreUnavailableException">The database cannot be written.</exception>
    public async ValueTask<T> WriteAsync<T>(Func<NpgsqlConnection, Task<(bool Commit, T Answer)>> write, CancellationToken cancellationToken)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await using NpgsqlConnection connection = await _source.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
                await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(CancellationToken.None).ConfigureAwait(false);
                (bool commit, T answer) = await write(connection).ConfigureAwait(false);
                if (commit)
                    await transaction.CommitAsync(CancellationToken.None).ConfigureAwait(false);
                return answer;
            }
            catch (Exception exception) when (attempt < Attempts && CameBetween(exception))
            {
                await Task.Delay(Random.Shared.Next(1 << attempt), CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception) when (IsUnavailable(exception))
            {
                throw Unavailable(exception);
            }
        }
    }

    /// <summary>Changes something in one transaction that has no answer.</summary>
    public async ValueTask WriteAsync(Func<NpgsqlConnection, Task> write, CancellationToken cancellationToken) =>
        await WriteAsync(
            async connection =>
            {
                await write(connection).ConfigureAwait(false);
                return (true, true);
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>A connection for what is done before the store is open.</summary>
    public NpgsqlConnection Connect()
    {
        try
        {
            return _source.OpenConnection();
        }
        catch (Exception exception) when (IsUnavailable(exception))
        {
            throw Unavailable(exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isClosed = true;
        await _source.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Whether the database refused what it was given, for the whole of its attempts.</summary>
    public static bool IsRefusal(Exception exception) => exception is PostgresException refused && !IsUnavailable(refused);

    private static bool CameBetween(Exception exception) => exception is OvertakenException or PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation
            or PostgresErrorCodes.CheckViolation or PostgresErrorCodes.ForeignKeyViolation,
    };

    // The classes of errors are 08: connection, 25: read only, 53: resources, 55: no connections or locks now, 57: shutting down, 58: the system below.
    private static bool IsUnavailable(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => false,
        PostgresException error => error.SqlState[..2] is "08" or "25" or "28" or "3D" or "53" or "55" or "57" or "58",
        OvertakenException => true, // again and again
        NpgsqlException or SocketException or ObjectDisposedException or TimeoutException => true,
        _ => false,
    };

    private StoreUnavailableException Unavailable(Exception exception) => _isClosed
        ? new StoreUnavailableException("The store is closed.")
        : new StoreUnavailableException($"The database cannot be used: {exception.Message}", exception);
}

/// <summary>Thrown inside a write that another transaction came in between of.</summary>
internal sealed class OvertakenException : Exception;
