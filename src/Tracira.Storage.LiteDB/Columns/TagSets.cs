namespace Tracira.Storage.LiteDB;

/// <summary>Gives each combination of tags a number. Number 0 stands for none.</summary>
internal sealed class TagSets
{
    private const char Separator = '\0';
    private readonly List<string[]> _sets = [[]];
    private readonly Dictionary<string, int> _codes = [];

    /// <summary>How many numbers are given out, 0 included.</summary>
    public int Count => _sets.Count;

    /// <summary>The number of a combination; a new one where it is new.</summary>
    public int Add(IReadOnlyList<string> tags)
    {
        if (tags.Count == 0)
            return 0;
        string key = string.Join(Separator, tags);
        if (_codes.TryGetValue(key, out int code))
            return code;
        AddKey(key);
        return Count - 1;
    }

    /// <summary>The key of a number, to be saved.</summary>
    public string KeyOf(int code) => string.Join(Separator, _sets[code]);

    /// <summary>Gives the next number to a key that was saved.</summary>
    public void AddKey(string key)
    {
        _codes.Add(key, _sets.Count);
        _sets.Add(key.Split(Separator));
    }

    /// <summary>Marks the combinations that hold all of some tags, in any case.</summary>
    public int FindHolding(IReadOnlyList<string> tags, bool[] found)
    {
        int count = 0;
        for (int code = 1; code < _sets.Count; code++)
        {
            string[] set = _sets[code];
            if (tags.All(tag => set.Contains(tag, StringComparer.OrdinalIgnoreCase)))
            {
                found[code] = true;
                count++;
            }
        }

        return count;
    }
}
