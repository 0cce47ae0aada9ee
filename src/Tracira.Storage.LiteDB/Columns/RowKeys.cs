using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Finds rows by id. An id that is a UUID is kept as its 128 bits; of any other the first 128 bits of its SHA-256 are kept here and the
/// id itself on the side. Keys of the two kinds never meet: the lowest bit of a key tells them apart beside the workspace in the hash.
/// Saved keys are indexed in the background, which takes as long as loading everything else; who looks for one first waits for that.
/// </summary>
internal sealed class RowKeys
{
    private const int Empty = -1;
    private static readonly SearchValues<char> UuidCharacters = SearchValues.Create("0123456789abcdef-");

    private readonly Column<UInt128> _keys = new();
    private readonly Column<ushort> _workspaces = new();
    private readonly Dictionary<int, string> _otherIds = [];
    private int[] _slots = NewSlots(1 << 12);
    private bool _isLoading;
    private volatile Task? _indexing;

    /// <summary>The row of an id in a workspace, or -1.</summary>
    public int Find(int workspace, string id)
    {
        WaitForIndex();
        (UInt128 key, bool isUuid) = KeyOf(id);
        for (int slot = SlotOf(workspace, key); _slots[slot] != Empty; slot = (slot + 1) & (_slots.Length - 1))
        {
            int row = _slots[slot];
            if (_keys[row] == key && _workspaces[row] == workspace && _otherIds.ContainsKey(row) != isUuid)
                return row;
        }

        return -1;
    }

    /// <summary>Adds the next row.</summary>
    public void Add(int workspace, string id)
    {
        WaitForIndex();
        (UInt128 key, bool isUuid) = KeyOf(id);
        if (!isUuid)
            _otherIds[_keys.Count] = id;
        _keys.Add(key);
        _workspaces.Add((ushort)workspace);
        if (_isLoading)
            return;
        if (_keys.Count * 3L > _slots.Length * 2L)
            Grow();
        Put(_keys.Count - 1);
    }

    /// <summary>Adds a row for a log that is gone.</summary>
    public void AddGap()
    {
        _keys.Add(default);
        _workspaces.Add(ushort.MaxValue);
    }

    /// <summary>The id of a row.</summary>
    public string IdOf(int row) => _otherIds.TryGetValue(row, out string? id) ? id : UuidOf(_keys[row]).ToString();

    /// <summary>Orders two rows by their ids, ordinally.</summary>
    public int Compare(int row, int other) => _otherIds.ContainsKey(row) || _otherIds.ContainsKey(other)
        ? string.CompareOrdinal(IdOf(row), IdOf(other))
        : _keys[row].CompareTo(_keys[other]); // digits and letters of a UUID come in the same order as its bits

    /// <summary>The keys of a stretch of rows, as bytes.</summary>
    public ReadOnlySpan<byte> BytesOf(int start, int count) => _keys.BytesOf(start, count);

    /// <summary>Copies out the keys of a stretch of rows.</summary>
    public byte[] Save(int start, int count) => _keys.Save(start, count);

    /// <summary>The ids of a stretch of rows that are no UUIDs.</summary>
    public IEnumerable<KeyValuePair<int, string>> OtherIds(int start, int count) =>
        Enumerable.Range(start, count).Where(_otherIds.ContainsKey).Select(row => KeyValuePair.Create(row, _otherIds[row]));

    /// <summary>Adds rows that were saved. Neither they nor the rows behind them are found before <see cref="Index"/>.</summary>
    public void Load(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> workspaces, IEnumerable<KeyValuePair<int, string>> otherIds)
    {
        _isLoading = true;
        _keys.Load(keys);
        _workspaces.Load(workspaces);
        foreach ((int row, string id) in otherIds)
            _otherIds[row] = id;
    }

    /// <summary>Begins to index the rows that were loaded.</summary>
    /// <param name="isDeleted">Tells a row whose id must not be found.</param>
    public void Index(Func<int, bool> isDeleted)
    {
        int size = _slots.Length;
        while (_keys.Count * 3L > size * 2L)
            size *= 2;
        int rows = _keys.Count;
        _isLoading = false;
        _indexing = Task.Run(() =>
        {
            _slots = NewSlots(size);
            for (int row = 0; row < rows; row++)
            {
                if (!isDeleted(row))
                    Put(row);
            }
        });
    }

    /// <summary>Forgets the id of a row, so that it can be used again.</summary>
    public void Remove(int row)
    {
        WaitForIndex();

        // Open addressing: what comes behind the gap up to the next one may have been pushed there and is put in anew.
        int slot = SlotOf(_workspaces[row], _keys[row]);
        while (_slots[slot] != row)
        {
            if (_slots[slot] == Empty)
                return;
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = Empty;
        for (slot = (slot + 1) & (_slots.Length - 1); _slots[slot] != Empty; slot = (slot + 1) & (_slots.Length - 1))
        {
            int moved = _slots[slot];
            _slots[slot] = Empty;
            Put(moved);
        }
    }

    private void WaitForIndex()
    {
        if (_indexing is not { } indexing)
            return;
        indexing.GetAwaiter().GetResult();
        _indexing = null;
    }

    private void Grow()
    {
        int[] old = _slots;
        _slots = NewSlots(old.Length * 2);
        foreach (int row in old)
        {
            if (row != Empty)
                Put(row);
        }
    }

    private void Put(int row)
    {
        int slot = SlotOf(_workspaces[row], _keys[row]);
        while (_slots[slot] != Empty)
            slot = (slot + 1) & (_slots.Length - 1);
        _slots[slot] = row;
    }

    private int SlotOf(int workspace, UInt128 key) =>
        (int)((ulong)HashCode.Combine((ulong)key, (ulong)(key >> 64), workspace) & (ulong)(_slots.Length - 1));

    private static (UInt128 Key, bool IsUuid) KeyOf(string id)
    {
        // Only the canonical lower-case form is told by its bits alone; the framework's parser takes others, such as 0x for a leading zero.
        if (id.Length == 36 && !id.AsSpan().ContainsAnyExcept(UuidCharacters) && Guid.TryParseExact(id, "D", out Guid uuid))
        {
            Span<byte> bits = stackalloc byte[16];
            uuid.TryWriteBytes(bits, bigEndian: true, out _);
            return (BinaryPrimitives.ReadUInt128BigEndian(bits), true);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return (BinaryPrimitives.ReadUInt128BigEndian(hash), false);
    }

    private static Guid UuidOf(UInt128 key)
    {
        Span<byte> bits = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bits, key);
        return new Guid(bits, bigEndian: true);
    }

    private static int[] NewSlots(int size)
    {
        int[] slots = new int[size];
        Array.Fill(slots, Empty);
        return slots;
    }
}
