namespace Tracira.Server.Outbound;

/// <summary>
/// Who may have how many attempts under way, so that nobody waits for somebody else's dead host. A lane begins with one; each success gives
/// it one more, each failure takes one, down to one and up to a limit. Lanes that are down to one because they fail are in trouble, and all
/// of these together never take more than three quarters of what there is. Used by one thread at a time.
/// </summary>
/// <param name="total">How many attempts in all.</param>
/// <param name="perLane">How many of one lane.</param>
internal sealed class DispatchLanes(int total, int perLane)
{
    private readonly Dictionary<string, Lane> _lanes = [];
    private readonly int _forTroubled = Math.Max(1, total * 3 / 4);
    private int _troubled;

    /// <summary>How many attempts are under way.</summary>
    public int UnderWay { get; private set; }

    /// <summary>How many more there may be.</summary>
    public int Free => total - UnderWay;

    /// <summary>How many there may be at first of a lane that nothing is known about.</summary>
    public static int LimitOfUnknown => 1;

    /// <summary>How many more there may be of each lane that something is known about.</summary>
    public Dictionary<string, int> Limits()
    {
        int left = _forTroubled - _troubled;
        var limits = new Dictionary<string, int>(_lanes.Count);
        foreach ((string name, Lane lane) in _lanes)
        {
            int room = Math.Max(0, lane.Window - lane.UnderWay);
            if (lane.IsTroubled && room > 0 && left-- <= 0)
                room = 0;
            limits.Add(name, room);
        }

        return limits;
    }

    /// <summary>Takes note of an attempt that begins.</summary>
    public void Begin(string name)
    {
        if (!_lanes.TryGetValue(name, out Lane? lane))
            _lanes.Add(name, lane = new Lane());
        lane.UnderWay++;
        UnderWay++;
        if (lane.IsTroubled)
            _troubled++;
    }

    /// <summary>Takes note of an attempt that ended.</summary>
    /// <param name="name">The lane.</param>
    /// <param name="succeeded">Whether the host answered as it should; null where it was not asked.</param>
    public void End(string name, bool? succeeded)
    {
        Lane lane = _lanes[name];
        if (lane.IsTroubled)
            _troubled -= lane.UnderWay;
        lane.UnderWay--;
        UnderWay--;
        if (succeeded is { } well)
        {
            lane.IsTroubled = !well && lane.Window == 1;
            lane.Window = well ? Math.Min(perLane, lane.Window + 1) : Math.Max(1, lane.Window - 1);
        }

        if (lane.IsTroubled)
            _troubled += lane.UnderWay;
        if (lane is { UnderWay: 0, IsTroubled: false, Window: 1 })
            _lanes.Remove(name);
    }

    /// <summary>Forgets lanes that nothing is under way in: they begin anew.</summary>
    public void ForgetIdle()
    {
        foreach (string name in _lanes.Where(static lane => lane.Value.UnderWay == 0).Select(static lane => lane.Key).ToArray())
            _lanes.Remove(name);
    }

    /// <summary>How many lanes something is known about.</summary>
    public int Known => _lanes.Count;

    private sealed class Lane
    {
        public int Window { get; set; } = LimitOfUnknown;

        public int UnderWay { get; set; }

        public bool IsTroubled { get; set; }
    }
}
