namespace Tracira.Storage.LiteDB;

/// <summary>Where something is counted. The day counts from the Unix epoch.</summary>
internal readonly record struct CountedPlace(int Workspace, int Project, int Day)
{
    private const long DayMs = 24 * 60 * 60 * 1000;

    public static CountedPlace Of(LogColumns columns, int row) =>
        new(columns.Workspaces[row], columns.Projects[row], (int)Math.Floor((double)columns.Times[row] / DayMs));

    /// <summary>The number of a day.</summary>
    public static int NumberOf(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The day of a number.</summary>
    public static DateOnly DayOf(int number) => DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(number);
}
