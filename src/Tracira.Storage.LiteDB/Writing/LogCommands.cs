using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Adds a log.</summary>
internal sealed class AppendCommand(Database database, Log log, byte[] body, IReadOnlyList<OutboxMessage> messages) : WriteCommand<Log?>
{
    private readonly int _workspace = database.WorkspaceNumber(log.WorkspaceId);
    private readonly int _project = database.Projects.NumberOf(log.ProjectId);

    public override object Subject { get; } = (log.WorkspaceId, log.Id);

    public override bool Write(LiteEngine engine)
    {
        int existing = database.Columns.Keys.Find(_workspace, log.Id);
        if (existing >= 0)
        {
            Answer = database.ReadLog(existing);
            return false;
        }

        int row = database.TakeRow();
        engine.Insert(LogDocument.Collection, [LogDocument.Write(row, body)], BsonAutoId.Int32);
        database.WriteMessages(engine, row, messages);
        return true;
    }

    public override void Publish() => database.Columns.Add(log, _workspace, _project);
}

/// <summary>Replaces a pending log by what it became.</summary>
internal sealed class CompleteCommand(Database database, Log log, byte[] body, IReadOnlyList<OutboxMessage> messages) : WriteCommand<bool>
{
    private readonly int _workspace = database.WorkspaceNumber(log.WorkspaceId);
    private int _row;

    public override object Subject { get; } = (log.WorkspaceId, log.Id);

    public override bool Write(LiteEngine engine)
    {
        LogColumns columns = database.Columns;
        _row = columns.Keys.Find(_workspace, log.Id);
        if (_row < 0 || RowState.StatusOf(columns.States[_row]) != LogStatus.Pending)
            return false;
        engine.Update(LogDocument.Collection, [LogDocument.Write(_row, body)]);
        database.WriteMessages(engine, _row, messages);
        database.WriteState(engine, _row, RowState.Of(log));
        Answer = true;
        return true;
    }

    public override void Publish() => database.Columns.SetState(_row, RowState.Of(log));
}

/// <summary>Removes a log and its messages.</summary>
internal sealed class DeleteCommand(Database database, string workspaceId, string id) : WriteCommand<bool>
{
    private readonly int _workspace = database.WorkspaceNumber(workspaceId);
    private int _row;

    public override object Subject { get; } = (workspaceId, id);

    public override bool Write(LiteEngine engine)
    {
        LogColumns columns = database.Columns;
        _row = columns.Keys.Find(_workspace, id);
        if (_row < 0)
            return false;
        engine.Delete(LogDocument.Collection, [_row]);
        database.DeleteMessages(engine, _row);
        database.WriteState(engine, _row, (byte)(columns.States[_row] | RowState.Deleted));
        Answer = true;
        return true;
    }

    public override void Publish() => database.Columns.SetState(_row, (byte)(database.Columns.States[_row] | RowState.Deleted));
}
