using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>Reads and writes the optional fields of documents: what is absent is left out.</summary>
internal static class Bson
{
    public static void Put(this BsonDocument document, string name, string? value)
    {
        if (value is not null)
            document[name] = value;
    }

    public static void Put(this BsonDocument document, string name, double? value)
    {
        if (value is { } number)
            document[name] = number;
    }

    public static string? Text(this BsonDocument document, string name) =>
        document.TryGetValue(name, out BsonValue value) && !value.IsNull ? value.AsString : null;

    public static double? Number(this BsonDocument document, string name) =>
        document.TryGetValue(name, out BsonValue value) && !value.IsNull ? value.AsDouble : null;

    /// <summary>A moment that was kept as ticks.</summary>
    public static DateTimeOffset Moment(this BsonDocument document, string name) => new(document[name].AsInt64, TimeSpan.Zero);

    /// <summary>A moment that was kept as milliseconds since 1970.</summary>
    public static DateTimeOffset Time(this BsonDocument document, string name) => DateTimeOffset.FromUnixTimeMilliseconds(document[name].AsInt64);
}
