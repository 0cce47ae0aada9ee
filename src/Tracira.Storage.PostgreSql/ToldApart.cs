using Npgsql;

namespace Tracira.Storage.PostgreSql;

/// <summary>
/// Which models and rules are told apart in a project's day: the first so many that ever came. What is remembered may lag behind what other
/// nodes add, so that as many more as there are nodes can come in, but no client can make counters grow without bound.
/// </summary>
/// <param name="find">Asks for project, day and item of all that are told apart in given projects and days.</param>
/// <param name="most">How many are told apart.</param>
internal sealed class ToldApart(string find, int most)
{
    private const int MostDays = 10_000;

    private readonly Dictionary<(int Project, int Day), HashSet<string>> _items = [];

    public static ToldApart Models() => new(
        """
        select distinct c.project, c.day, c.model_key from unnest($1, $2) k (project, day)
        join model_counters c on c.workspace = $3 and c.project = k.project and c.day = k.day and not c.others
        """,
        ModelCounter.MaxModels);

    public static ToldApart Rules() => new(
        """
        select distinct c.project, c.day, c.rule_id from unnest($1, $2) k (project, day)
        join rule_counters c on c.workspace = $3 and c.project = k.project and c.day = k.day and not c.others
        """,
        RuleCounter.MaxRules);

    /// <summary>Asks for the days in which items are to be counted that are not known there.</summary>
    public async Task LoadAsync(NpgsqlConnection connection, int workspace, IEnumerable<(int Project, int Day, string Item)> items)
    {
        (int Project, int Day)[] days =
        [
            .. items.Where(item => !(_items.TryGetValue((item.Project, item.Day), out HashSet<string>? known) && (known.Contains(item.Item) || known.Count >= most)))
                .Select(static item => (item.Project, item.Day))
                .Distinct(),
        ];
        if (days.Length == 0)
            return;
        List<(int Project, int Day, string Item)> found = await connection.ReadAsync(
            find,
            static reader => (reader.GetInt32(0), reader.GetInt32(1), reader.GetString(2)),
            CancellationToken.None,
            Sql.Ints(days.Select(static day => day.Project)),
            Sql.Ints(days.Select(static day => day.Day)),
            Sql.Int(workspace)).ConfigureAwait(false);
        foreach ((int project, int day) in days)
            _items[(project, day)] = new HashSet<string>(StringComparer.Ordinal);
        foreach ((int project, int day, string item) in found)
            _items[(project, day)].Add(item);
    }

    /// <summary>Whether an item of a day that was loaded is told apart; it is from now on, where there is room.</summary>
    public bool Take(int project, int day, string item)
    {
        HashSet<string> known = _items[(project, day)];
        return known.Contains(item) || (known.Count < most && known.Add(item));
    }

    /// <summary>Forgets all: what was taken was not written.</summary>
    public void Forget() => _items.Clear();

    /// <summary>Forgets all where that has become much. Not to be called between loading and taking.</summary>
    public void Trim()
    {
        if (_items.Count > MostDays)
            _items.Clear();
    }
}
