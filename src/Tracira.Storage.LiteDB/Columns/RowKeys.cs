using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Finds rows by id. An id that is a UUID is kept as its 128 bits; of any other the first 128 bits of its SHA-256 are kept here and the
/// id itself on the side. Keys of the two kinds never meet: the lowest bit of a key tells them apart beside the workspace in the hash.
/// </summary>
internal sealed class RowKeys
{
    private const int Empty = -1;
    private static readonly SearchValues<char> UuidCharacters = SearchValues.Create("0123456789abcdef-");

    private readonly Column<UInt128> _keys = new();
    private readonly Column<int> _workspaces = new();
    private readonly Dictionary<int, string> _otherIds = [];
    private int[] _slots = NewSlots(1 << 12);

    /// <summary>Makes room for so many rows at once instead of step by step; only while there are none.</summary>
    public void Reserve(int rows)
    {
        int size = _slots.Length;
        while (rows * 3L > size * 2L)
            size *= 2;
        _slots = NewSlots(size);
    }

    /// <summary>The row of an id in a workspace, or -1.</summary>
    public int Find(int workspace, string id)
    {
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
        (UInt128 key, bool isUuid) = KeyOf(id);
        Add(workspace, key, isUuid ? null : id);
    }

    /// <summary>The id of a row.</summary>
    public string IdOf(int row) => _otherIds.TryGetValue(row, out string? id) ? id : UuidOf(_keys[row]).ToString();

    /// <summary>Orders two rows by their ids, ordinally.</summary>
    public int Compare(int row, int other) => _otherIds.ContainsKey(row) || _otherIds.ContainsKey(other)
        ? string.CompareOrdinal(IdOf(row), IdOf(other))
        : _keys[row].CompareTo(_keys[other]); // digits and letters of a UUID come in the same order as its bits

    /// <summary>Copies out the keys of a stretch of rows.</summary>
    public byte[] Save(int start, int count) => _keys.Save(start, count);

    /// <summary>The ids of a stretch of rows that are no UUIDs.</summary>
    public IEnumerable<KeyValuePair<int, string>> OtherIds(int start, int count) =>
        Enumerable.Range(start, count).Where(_otherIds.ContainsKey).Select(row => KeyValuePair.Create(row, _otherIds[row]));

    /// <summary>Adds rows that were saved; a deleted row's key must not be found, and its slot is left out.</summary>
    public void Load(ReadOnlySpan<UInt128> keys, ReadOnlySpan<ushort> workspaces, IReadOnlyDictionary<int, string> otherIds, Func<int, bool> isDeleted)
    {
        for (int i = 0; i < keys.Length; i++)
            Add(workspaces[i], keys[i], otherIds.GetValueOrDefault(_keys.Count), isDeleted(_keys.Count));
    }

    /// <summary>Forgets the id of a row, so that it can be used again.</summary>
    public void Remove(int row)
    {
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

    private void Add(int workspace, UInt128 key, string? otherId, bool isDeleted = false)
    {
        int row = _keys.Count;
        _keys.Add(key);
        _workspaces.Add(workspace);
        if (otherId is not null)
            _otherIds[row] = otherId;
        if (isDeleted)
            return;
        if (_keys.Count * 3L > _slots.Length * 2L)
            Grow();
        Put(row);
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
