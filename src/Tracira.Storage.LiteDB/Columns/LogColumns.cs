namespace Tracira.Storage.LiteDB;

/// <summary>
/// What logs are filtered and ordered by, in memory, column by column: some 80 bytes a log. A row is a log; rows are only ever added, in
/// the order of writing, and their numbers are the logs' keys in the database. The columns hold nothing that is not in the database too.
/// </summary>
internal sealed class LogColumns
{
    public readonly Column<ushort> Workspaces = new();
    public readonly Column<int> Projects = new();
    public readonly Column<int> Tasks = new();
    public readonly Column<int> Models = new();
    public readonly Column<int> Sessions = new();
    public readonly Column<int> Subjects = new();
    public readonly Column<int> Actors = new();
    public readonly Column<int> TagSets = new();
    public readonly Column<long> Times = new();
    public readonly Column<long> Latencies = new();
    public readonly Column<long> Costs = new();
    public readonly Column<byte> States = new();
    public readonly RowKeys Keys = new();

    public readonly TextDictionary TaskTexts = new();
    public readonly TextDictionary ModelTexts = new();
    public readonly TextDictionary SessionTexts = new();
    public readonly TextDictionary SubjectTexts = new();
    public readonly TextDictionary ActorTexts = new();
    public readonly TagSets TagTexts = new();

    private readonly List<int> _sessionTurns = [];
    private readonly List<(long Min, long Max)> _chunkTimes = [];

    /// <summary>How many rows there are, deleted ones included.</summary>
    public int Count => States.Count;

    /// <summary>How many chunks they fill.</summary>
    public int Chunks => (Count + Chunk.Mask) >> Chunk.Bits;

    /// <summary>What the logs add up to, per project and day.</summary>
    public LogCounters Counters { get; } = new();

    /// <summary>The earliest and the latest time in a chunk.</summary>
    public (long Min, long Max) TimesOf(int chunk) => _chunkTimes[chunk];

    /// <summary>How many logs share a session.</summary>
    public int TurnsOf(int session) => session > 0 && session < _sessionTurns.Count ? _sessionTurns[session] : 0;

    /// <summary>Adds a log as the next row.</summary>
    /// <param name="log">The log.</param>
    /// <param name="workspace">The number of its workspace.</param>
    /// <param name="project">The number of its project.</param>
    /// <param name="rules">The numbers of the rules that flagged it.</param>
    public void Add(Log log, int workspace, int project, ReadOnlySpan<int> rules)
    {
        Workspaces.Add((ushort)workspace);
        Projects.Add(project);
        Tasks.Add(TaskTexts.Add(workspace, log.TaskName));
        Models.Add(ModelTexts.Add(workspace, log.Model));
        Sessions.Add(SessionTexts.Add(workspace, log.SessionId));
        Subjects.Add(SubjectTexts.Add(workspace, log.SubjectId));
        Actors.Add(ActorTexts.Add(workspace, log.ActorId));
        TagSets.Add(TagTexts.Add(log.Tags));
        Times.Add(log.Timestamp.ToUnixTimeMilliseconds());
        Latencies.Add(Sortable.Of(log.LatencyMs));
        Costs.Add(Sortable.Of(log.CostUsd));
        Keys.Add(workspace, log.Id);
        States.Add(RowState.Of(log));
        Note(Count - 1, RowState.Of(log), rules);
    }

    /// <summary>Adds a row for a log that is gone, so that the rows behind it keep their numbers.</summary>
    public void AddGap()
    {
        Workspaces.Add(ushort.MaxValue);
        Projects.Add(0);
        Tasks.Add(0);
        Models.Add(0);
        Sessions.Add(0);
        Subjects.Add(0);
        Actors.Add(0);
        TagSets.Add(0);
        Times.Add(0);
        Latencies.Add(Sortable.Absent);
        Costs.Add(Sortable.Absent);
        Keys.AddGap();
        States.Add(RowState.Deleted);
        Note(Count - 1, RowState.Deleted, []);
    }

    /// <summary>Changes a row's state, and with it the rules that flagged it.</summary>
    public void SetState(int row, byte state, ReadOnlySpan<int> rulesBefore, ReadOnlySpan<int> rules)
    {
        byte before = States[row];
        States[row] = state;
        Counters.Add(this, row, before, rulesBefore, -1);
        Counters.Add(this, row, state, rules, +1);
        if ((state & RowState.Deleted) != 0 && (before & RowState.Deleted) == 0)
        {
            Keys.Remove(row);
            if (Sessions[row] > 0)
                _sessionTurns[Sessions[row]]--;
        }
    }

    /// <summary>Moves the logs of a project to another.</summary>
    public void MoveProject(int from, int into)
    {
        Projects.Replace(from, into);
        Counters.MoveProject(from, into);
    }

    /// <summary>Whether a row's log is gone. A row that is not here yet is none whose log is.</summary>
    public bool IsGone(int row) => row < Count && (States[row] & RowState.Deleted) != 0;

    /// <summary>Marks a row as that of a log that is gone.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rules">The rules that flagged it, where those are counted.</param>
    public void Delete(int row, ReadOnlySpan<int> rules) => SetState(row, (byte)(States[row] | RowState.Deleted), rules, []);

    /// <summary>Brings up to date what is derived from the columns, after a row was added to all of them.</summary>
    public void Note(int row, byte state, ReadOnlySpan<int> rules)
    {
        long time = Times[row];
        int chunk = row >> Chunk.Bits;
        if (chunk == _chunkTimes.Count)
            _chunkTimes.Add((time, time));
        else
            _chunkTimes[chunk] = (Math.Min(_chunkTimes[chunk].Min, time), Math.Max(_chunkTimes[chunk].Max, time));
        Counters.Add(this, row, state, rules, +1);
        if ((state & RowState.Deleted) != 0)
            return;
        int session = Sessions[row];
        while (_sessionTurns.Count <= session)
            _sessionTurns.Add(0);
        _sessionTurns[session]++;
    }
}
