using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A piece of a file, as a document of the collection <c>media_chunks</c>. A file has one or more, kept under its number; only the last may
/// be short of the full size, and is, even where nothing is left for it: so the end of a file is known without knowing its size.
/// </summary>
internal static class MediaChunk
{
    public const string Collection = "media_chunks";

    /// <summary>What a full one holds. Small enough to be no large object.</summary>
    public const int Bytes = 64 * 1024;

    private const int PlaceBits = 20;

    public static long IdOf(long number, int place) => (number << PlaceBits) + place;

    /// <summary>The number of the file that a chunk is a piece of.</summary>
    public static long NumberOf(BsonDocument document) => document["_id"].AsInt64 >> PlaceBits;

    public static void Insert(LiteEngine engine, long number, int place, byte[] data) =>
        engine.Insert(Collection, [new BsonDocument { ["_id"] = IdOf(number, place), ["data"] = data }], BsonAutoId.Int64);

    public static byte[] DataOf(BsonDocument document) => document["data"].AsBinary;
}
