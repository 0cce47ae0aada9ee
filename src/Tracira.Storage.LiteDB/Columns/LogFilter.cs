namespace Tracira.Storage.LiteDB;

/// <summary>Finds the rows that a query's conditions hold for.</summary>
internal static class LogFilter
{
    /// <summary>The rows of a workspace that match.</summary>
    public static RowSet Apply(LogColumns columns, ProjectTable projects, LogQuery query, int workspace, bool isOnlyWorkspace)
    {
        var rows = new RowSet(columns);
        if (!isOnlyWorkspace)
            rows.Keep(columns.Workspaces, (ushort)workspace);
        if (query.Project is { } project)
            KeepCode(rows, columns.Projects, projects.Find(workspace, project) ?? -1);
        if (query.Task is { } task)
            KeepCode(rows, columns.Tasks, columns.TaskTexts.Find(workspace, task));
        if (query.SessionId is { } session)
            KeepCode(rows, columns.Sessions, columns.SessionTexts.Find(workspace, session));
        if (query.SubjectId is { } subject)
            KeepCode(rows, columns.Subjects, columns.SubjectTexts.Find(workspace, subject));
        if (query.ActorId is { } actor)
            KeepCode(rows, columns.Actors, columns.ActorTexts.Find(workspace, actor));
        if (query.Tags.Count > 0)
        {
            bool[] holding = new bool[columns.TagTexts.Count];
            KeepMarked(rows, columns.TagSets, holding, columns.TagTexts.FindHolding(query.Tags, holding));
        }

        if (query.From is not null || query.To is not null)
        {
            rows.Keep(
                columns.Times,
                query.From is { } from ? Milliseconds(from) : long.MinValue,
                query.To is { } to ? Milliseconds(to) : long.MaxValue,
                columns.TimesOf);
        }

        if (query.Status is { } status)
            KeepStatus(rows, columns, status);
        if (query.AwaitingReview)
            KeepAwaitingReview(rows, columns);
        if (query.Text is { } text)
            KeepContaining(rows, columns, projects, workspace, text);
        return rows;
    }

    /// <summary>Keeps the rows of a status, decided or not.</summary>
    public static void KeepStatus(RowSet rows, LogColumns columns, LogStatus status) =>
        rows.Keep(columns.States, (byte)status, RowState.StatusMask);

    /// <summary>Keeps the rows that await review.</summary>
    public static void KeepAwaitingReview(RowSet rows, LogColumns columns)
    {
        using var errors = new RowSet(rows);
        errors.Keep(columns.States, RowState.Of(LogStatus.Error));
        rows.Keep(columns.States, RowState.Of(LogStatus.Flagged));
        rows.UnionWith(errors);
    }

    /// <summary>A bound of times: those are whole milliseconds, so one inside a millisecond means the next.</summary>
    public static long Milliseconds(DateTimeOffset bound)
    {
        long ms = bound.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(ms) < bound ? ms + 1 : ms;
    }

    private static void KeepContaining(RowSet rows, LogColumns columns, ProjectTable projects, int workspace, string text)
    {
        using var all = new RowSet(rows);
        rows.KeepNone();
        bool[] found = new bool[projects.Count];
        Include(columns.Projects, found, projects.FindContaining(workspace, text, found));
        Search(columns.Tasks, columns.TaskTexts);
        Search(columns.Models, columns.ModelTexts);
        Search(columns.Sessions, columns.SessionTexts);
        Search(columns.Subjects, columns.SubjectTexts);
        Search(columns.Actors, columns.ActorTexts);

        void Search(Column<int> column, TextDictionary texts)
        {
            bool[] marked = new bool[texts.Count];
            Include(column, marked, texts.FindContaining(text, marked));
        }

        void Include(Column<int> column, bool[] marked, int count)
        {
            if (count == 0)
                return;
            using var matching = new RowSet(all);
            KeepMarked(matching, column, marked, count);
            rows.UnionWith(matching);
        }
    }

    private static void KeepCode(RowSet rows, Column<int> column, int code)
    {
        if (code < 0)
            rows.KeepNone();
        else
            rows.Keep(column, code);
    }

    private static void KeepMarked(RowSet rows, Column<int> column, bool[] marked, int count)
    {
        if (count == 0)
            rows.KeepNone();
        else if (count == 1)
            rows.Keep(column, Array.IndexOf(marked, true));
        else
            rows.Keep(column, marked);
    }
}
