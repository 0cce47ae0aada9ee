using System.Numerics;
using System.Runtime.InteropServices;
using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Logs of one chunk that are gone for everybody while their documents are still to be removed, as a document of the collection
/// <c>purges</c>: a bit for each row. It is written in the transaction that makes the logs go, so that a million logs go in as little time
/// as one and all at once, wherever a crash comes. It names rows and not, say, a project: what the project is or was by the time the
/// documents are removed does not matter.
/// </summary>
internal sealed class Purge(int id, int chunk, ulong[] words)
{
    public const string Collection = "purges";

    public int Id => id;

    /// <summary>The row behind the last one.</summary>
    public int End => Rows().Last() + 1;

    /// <summary>The rows, in ascending order.</summary>
    public IEnumerable<int> Rows()
    {
        for (int word = 0; word < words.Length; word++)
        {
            for (ulong left = words[word]; left != 0; left &= left - 1)
                yield return (chunk << Chunk.Bits) + (word * 64) + BitOperations.TrailingZeroCount(left);
        }
    }

    public BsonDocument Write() => new() { ["_id"] = id, ["chunk"] = chunk, ["rows"] = MemoryMarshal.AsBytes<ulong>(words).ToArray() };

    public static Purge Read(BsonDocument document) => new(
        document["_id"].AsInt32,
        document["chunk"].AsInt32,
        MemoryMarshal.Cast<byte, ulong>(document["rows"].AsBinary).ToArray());
}
