namespace Tracira.Storage.LiteDB;

/// <summary>
/// Gives texts numbers, so that a column of texts is a column of numbers. Texts that differ in case only share one, as they do in every
/// filter. Each text belongs to a workspace. Number 0 stands for no text.
/// </summary>
internal sealed class TextDictionary
{
    private const int MaxOnStack = 512;

    // Workspaces are numbered by characters of the private use area, which have no case.
    private const int FirstWorkspace = 0xE000;
    private const int LastWorkspace = 0xF8FF;

    // A key is the workspace, as one character, and the text.
    private readonly List<string> _keys = ["\0"];
    private readonly Dictionary<string, int> _codes = new(StringComparer.OrdinalIgnoreCase);

    // Every text in upper case, one behind the other with a NUL between them, so that one vectorised search goes through all of them.
    private char[] _arena = new char[1024];
    private readonly List<int> _starts = [0];
    private int _arenaLength;
    private int[]? _ranks;

    /// <summary>How many numbers are given out, 0 included.</summary>
    public int Count => _keys.Count;

    /// <summary>The number of a text; a new one where the text is new.</summary>
    public int Add(int workspace, string? text)
    {
        if (text is null)
            return 0;
        int code = Find(workspace, text);
        if (code > 0)
            return code;
        AddKey(string.Concat([WorkspaceCharacter(workspace)], text));
        return Count - 1;
    }

    /// <summary>The number of a text, or -1.</summary>
    public int Find(int workspace, ReadOnlySpan<char> text)
    {
        Span<char> key = text.Length < MaxOnStack ? stackalloc char[MaxOnStack] : new char[text.Length + 1];
        key[0] = WorkspaceCharacter(workspace);
        text.CopyTo(key[1..]);
        return _codes.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key[..(text.Length + 1)], out int code) ? code : -1;
    }

    /// <summary>The text of a number; empty for 0.</summary>
    public ReadOnlySpan<char> TextOf(int code) => _keys[code].AsSpan(1);

    /// <summary>The key of a number, to be saved.</summary>
    public string KeyOf(int code) => _keys[code];

    /// <summary>Gives the next number to a key that was saved.</summary>
    public void AddKey(string key)
    {
        _codes.Add(key, _keys.Count);
        _keys.Add(key);
        _starts.Add(_arenaLength);
        if (_arenaLength + key.Length > _arena.Length)
            Array.Resize(ref _arena, Math.Max(_arena.Length * 2, _arenaLength + key.Length));
        key.AsSpan(1).ToUpperInvariant(_arena.AsSpan(_arenaLength));
        _arenaLength += key.Length;
        _arena[_arenaLength - 1] = '\0';
        _ranks = null;
    }

    /// <summary>Marks the numbers of the texts that hold a text, in any case.</summary>
    /// <returns>How many there are.</returns>
    public int FindContaining(string text, bool[] found)
    {
        string upper = text.ToUpperInvariant();
        int count = 0;
        if (upper.Contains('\0', StringComparison.Ordinal))
            return 0; // a NUL parts the texts in the arena
        for (int at = Next(0); at >= 0; at = Next(at))
        {
            int index = _starts.BinarySearch(1, _starts.Count - 1, at, null);
            int code = index >= 0 ? index : ~index - 1;
            found[code] = true;
            count++;
            if (code + 1 == _starts.Count)
                break;
            at = _starts[code + 1];
        }

        return count;

        int Next(int from)
        {
            int at = _arena.AsSpan(from, _arenaLength - from).IndexOf(upper, StringComparison.Ordinal);
            return at < 0 ? -1 : at + from;
        }
    }

    /// <summary>The place of each number in the order of the texts, case disregarded.</summary>
    public int[] Ranks()
    {
        if (Volatile.Read(ref _ranks) is { } known)
            return known;
        int[] codes = [.. Enumerable.Range(0, Count)];
        Array.Sort(codes, (a, b) => TextOf(a).CompareTo(TextOf(b), StringComparison.OrdinalIgnoreCase));
        int[] ranks = new int[Count];
        for (int rank = 0; rank < codes.Length; rank++)
        {
            bool same = rank > 0 && TextOf(codes[rank]).Equals(TextOf(codes[rank - 1]), StringComparison.OrdinalIgnoreCase);
            ranks[codes[rank]] = same ? ranks[codes[rank - 1]] : rank;
        }

        Volatile.Write(ref _ranks, ranks);
        return ranks;
    }

    private static char WorkspaceCharacter(int workspace) => workspace <= LastWorkspace - FirstWorkspace
        ? (char)(FirstWorkspace + workspace)
        : throw new StoreUnavailableException($"One LiteDB file has room for {LastWorkspace - FirstWorkspace + 1:N0} workspaces.");
}
