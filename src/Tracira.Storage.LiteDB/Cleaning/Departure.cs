namespace Tracira.Storage.LiteDB;

/// <summary>Rows that leave the columns and what is counted, together with what has to be read from disk for that beforehand.</summary>
internal sealed class Departure(Database database)
{
    private int[] _rows = [];
    private Dictionary<int, int[]> _rules = [];

    /// <summary>On the writer's thread, inside the transaction: makes ready to let rows go.</summary>
    public void Prepare(int[] rows)
    {
        _rows = rows;
        _rules = database.Hits.Of(rows.Where(row => RowState.StatusOf(database.Columns.States[row]) == LogStatus.Flagged));
    }

    /// <summary>Lets them go.</summary>
    public void Publish()
    {
        foreach (int row in _rows)
            database.Columns.Delete(row, _rules.GetValueOrDefault(row));
    }
}
