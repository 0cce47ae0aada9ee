namespace Tracira.Storage.LiteDB;

/// <summary>Picks one page of rows in a query's order: by what it sorts by, then by time, then by id, all in the same direction.</summary>
internal sealed class LogOrder(LogColumns columns, ProjectTable projects, LogQuery query)
{
    // The statuses in the alphabetical order of their names.
    private static readonly LogStatus[] Statuses = [LogStatus.Error, LogStatus.Flagged, LogStatus.Pass, LogStatus.Pending];

    /// <summary>The rows of the page.</summary>
    /// <param name="rows">The rows that match.</param>
    /// <param name="total">How many they are.</param>
    public int[] Page(RowSet rows, int total) => query.Sort switch
    {
        LogSort.ProjectName => GroupedPage(rows, columns.Projects, projects.Ranks()),
        LogSort.Model => GroupedPage(rows, columns.Models, columns.ModelTexts.Ranks()),
        LogSort.Status => StatusPage(rows),
        LogSort.LatencyMs => Order(columns.Latencies).Page(rows, total, query.Offset, query.Limit),
        LogSort.CostUsd => Order(columns.Costs).Page(rows, total, query.Offset, query.Limit),
        _ => ByTime.Page(rows, total, query.Offset, query.Limit),
    };

    private RowOrder Order(Column<long> column) => new(columns, column, query.Descending);

    private RowOrder ByTime => Order(columns.Times);

    private int[] StatusPage(RowSet rows)
    {
        var page = new PageInGroups(this, query);
        foreach (LogStatus status in query.Descending ? Statuses.Reverse() : Statuses)
        {
            using var group = new RowSet(rows);
            LogFilter.KeepStatus(group, columns, status);
            if (page.Add(group))
                break;
        }

        return page.Rows;
    }

    // There are few projects and models: group by group, in the order of their names, each found by one vectorised pass.
    private int[] GroupedPage(RowSet rows, Column<int> column, int[] ranks)
    {
        var page = new PageInGroups(this, query);
        IEnumerable<IGrouping<int, int>> groups = Enumerable.Range(0, ranks.Length).GroupBy(code => ranks[code]).OrderBy(static group => group.Key);
        foreach (IGrouping<int, int> codes in query.Descending ? groups.Reverse() : groups)
        {
            using var group = new RowSet(rows);
            if (codes.Count() == 1)
            {
                group.Keep(column, codes.First());
            }
            else
            {
                bool[] marked = new bool[ranks.Length];
                foreach (int code in codes)
                    marked[code] = true;
                group.Keep(column, marked);
            }

            if (page.Add(group))
                break;
        }

        return page.Rows;
    }

    /// <summary>A page that is put together from groups of rows, each of which is ordered by time.</summary>
    private sealed class PageInGroups(LogOrder order, LogQuery query)
    {
        private readonly List<int> _rows = [];
        private int _offset = query.Offset;

        public int[] Rows => [.. _rows];

        /// <summary>Adds what of the next group belongs on the page.</summary>
        /// <returns>Whether the page is full.</returns>
        public bool Add(RowSet group)
        {
            int count = group.Count();
            if (_offset >= count)
            {
                _offset -= count;
                return false;
            }

            _rows.AddRange(order.ByTime.Page(group, count, _offset, query.Limit - _rows.Count));
            _offset = 0;
            return _rows.Count == query.Limit;
        }
    }
}
