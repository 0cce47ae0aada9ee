using Microsoft.Data.Sqlite;

namespace Tracira.Benchmarks;

/// <summary>The rival: the same records in SQLite, write-ahead log, synchronous=FULL, with the indexes that the same lists need.</summary>
internal sealed class SqliteLogs : IDisposable
{
    private const string Schema = """
        PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;
        CREATE TABLE logs(id TEXT PRIMARY KEY, project TEXT, task TEXT, time INTEGER, created INTEGER, status INTEGER, output TEXT, input TEXT,
          model TEXT, latency REAL, cost REAL, confidence REAL, session TEXT, subject TEXT, actor TEXT, metadata TEXT, tags TEXT, score REAL, explanation TEXT);
        CREATE INDEX by_time ON logs(time);
        CREATE INDEX by_project ON logs(project, time);
        CREATE INDEX by_status ON logs(status, time);
        CREATE INDEX by_session ON logs(session, time);
        CREATE INDEX by_subject ON logs(subject, time);
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;

    public SqliteLogs(string path)
    {
        _connection = new SqliteConnection($"Data Source={path};Pooling=False");
        _connection.Open();
        using (SqliteCommand schema = _connection.CreateCommand())
        {
            schema.CommandText = Schema;
            schema.ExecuteNonQuery();
        }

        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO logs VALUES(@0,@1,@2,@3,@4,@5,@6,@7,@8,@9,@10,@11,@12,@13,@14,@15,@16,@17,@18)";
        for (int i = 0; i < 19; i++)
            _insert.Parameters.Add(new SqliteParameter($"@{i}", null));
        _insert.Prepare();
    }

    /// <summary>Inserts a group of logs as one durable transaction.</summary>
    public void Insert(IReadOnlyList<Log> logs)
    {
        using SqliteTransaction transaction = _connection.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (Log log in logs)
        {
            object?[] values =
            [
                log.Id, log.ProjectId, log.TaskName, log.Timestamp.ToUnixTimeMilliseconds(), log.CreatedAt.ToUnixTimeMilliseconds(), (int)log.Status,
                log.Output, log.Input, log.Model, log.LatencyMs, log.CostUsd, log.Confidence, log.SessionId, log.SubjectId, log.ActorId, log.Metadata,
                string.Join(',', log.Tags), log.ConfidenceScore, log.Explanation,
            ];
            for (int i = 0; i < values.Length; i++)
                _insert.Parameters[i].Value = values[i];
            _insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
