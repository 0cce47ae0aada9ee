using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Removes a workspace with all that is in it. Its number is not used again, so that what is still on disk under that number is nobody's.
/// </summary>
internal sealed class DeleteWorkspaceCommand(Database database, string workspaceId) : LargeCommand<bool>
{
    private readonly RowRemoval _logs = new(database);
    private int _number;
    private RecordTable.Key[] _records = [];
    private int[] _projects = [];

    public override bool Write(LiteEngine engine)
    {
        if (engine.Delete(Tables.WorkspaceCollection, [workspaceId]) == 0)
            return false;
        _number = database.Tables.FindWorkspace(workspaceId);
        _records = [.. database.Tables.Records.KeysOf(workspaceId)];
        engine.Delete(RecordTable.Collection, _records.Select(static key => new BsonValue(key.ToString())));
        if (_number >= 0)
            WriteNumbered(engine);
        Answer = true;
        return true;
    }

    public override void Publish()
    {
        database.Tables.RemoveWorkspace(workspaceId);
        foreach (RecordTable.Key key in _records)
            database.Tables.Records.Put(key, null);
        if (_number < 0)
            return;
        _logs.Publish();
        foreach (int project in _projects)
            database.Projects.Remove(project);
        database.Media.CleanWorkspace(database.Cleaner, _number);
    }

    private void WriteNumbered(LiteEngine engine)
    {
        var rows = new RowSet(database.Columns);
        rows.Keep(database.Columns.Workspaces, (ushort)_number);
        _logs.Write(engine, rows);
        _projects = [.. database.Projects.NumbersOf(_number)];
        engine.Update(
            ProjectDocument.Collection,
            _projects.Select(number => ProjectDocument.WriteGone(number, _number, database.Projects[number])));
        RuleEntry.Delete(engine, _number, database.Tables.RulesOf(_number).Select(static rule => rule.Id));
        engine.Update(Tables.WorkspaceNumbers, [new BsonDocument { ["_id"] = _number, ["id"] = BsonValue.Null }]);
    }
}
