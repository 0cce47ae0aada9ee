using System.Buffers.Binary;
using System.Text;
using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// A file, without what is in it, as a document of the collection <c>media</c>. Its id is made of bytes that sort as workspace and key do:
/// LiteDB's index keys end at 1,023 bytes, which 500 characters always stay below in UTF-16.
/// </summary>
internal static class MediaDocument
{
    public const string Collection = "media";
    private const int MaxKey = 500;

    /// <exception cref="ArgumentException">The key is too long.</exception>
    public static byte[] IdOf(int workspace, string key)
    {
        if (key.Length > MaxKey)
            throw new ArgumentException($"A key has at most {MaxKey} characters.", nameof(key));
        byte[] id = new byte[sizeof(ushort) + (key.Length * sizeof(char))];
        BinaryPrimitives.WriteUInt16BigEndian(id, (ushort)workspace);
        Encoding.BigEndianUnicode.GetBytes(key, id.AsSpan(sizeof(ushort)));
        return id;
    }

    /// <param name="id">The file's id.</param>
    /// <param name="file">The file.</param>
    /// <param name="number">The number that its chunks are kept under.</param>
    public static BsonDocument Write(byte[] id, MediaFile file, long number) => new()
    {
        ["_id"] = id,
        ["number"] = number,
        ["workspace"] = file.WorkspaceId,
        ["key"] = file.Key,
        ["filename"] = file.Filename,
        ["type"] = file.ContentType,
        ["bytes"] = file.Bytes,
        ["created"] = file.CreatedAt.UtcTicks,
    };

    public static MediaFile Read(BsonDocument document) => new(
        document["workspace"].AsString,
        document["key"].AsString,
        document["filename"].AsString,
        document["type"].AsString,
        BytesOf(document),
        document.Moment("created"));

    public static long NumberOf(BsonDocument document) => document["number"].AsInt64;

    public static long BytesOf(BsonDocument document) => document["bytes"].AsInt64;
}
