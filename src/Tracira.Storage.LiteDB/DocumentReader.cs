using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>
/// Reads documents, one whole query at a time: LiteDB keeps each page that a query has read in memory until the query ends, and never
/// gives the memory back, so a query must find little.
/// </summary>
internal sealed class DocumentReader(LiteEngine engine)
{
    /// <summary>What a query finds.</summary>
    /// <exception cref="StoreUnavailableException">The database is closed or cannot be read.</exception>
    public List<BsonDocument> ReadAll(string collection, Query query)
    {
        try
        {
            List<BsonDocument> found = [];
            using IBsonDataReader reader = engine.Query(collection, query);
            while (reader.Read())
                found.Add(reader.Current.AsDocument);
            return found;
        }
        catch (Exception exception) when (exception is LiteException or IOException or ObjectDisposedException)
        {
            throw new StoreUnavailableException($"The database cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The document of an id, or null.</summary>
    public BsonDocument? Find(string collection, BsonValue id) => ReadAll(collection, Where("_id = @0", id)) is [var found] ? found : null;

    /// <summary>The documents whose ids lie between two, both inclusive, in the order of their ids.</summary>
    public List<BsonDocument> Between(string collection, BsonValue first, BsonValue last, int limit = int.MaxValue, bool descending = false)
    {
        Query query = Where("_id BETWEEN @0 AND @1", first, last);
        if (descending)
        {
            query.OrderBy = "_id";
            query.Order = Query.Descending;
        }

        return ReadAll(collection, query, limit);
    }

    /// <summary>The first documents at an id or behind it, in the order of their ids.</summary>
    public List<BsonDocument> From(string collection, BsonValue id, int limit) => ReadAll(collection, Where("_id >= @0", id), limit);

    /// <summary>The first documents behind an id, in the order of their ids.</summary>
    public List<BsonDocument> Behind(string collection, BsonValue id, int limit) => ReadAll(collection, Where("_id > @0", id), limit);

    /// <summary>The documents of some ids, in any order.</summary>
    public List<BsonDocument> Those(string collection, IEnumerable<BsonValue> ids) =>
        ReadAll(collection, Where("_id IN @0", new BsonArray(ids)));

    /// <summary>The documents whose field, which has an index, holds one of some values, in any order.</summary>
    public List<BsonDocument> Where(string collection, string field, IEnumerable<BsonValue> values) =>
        ReadAll(collection, Where($"{field} IN @0", new BsonArray(values)));

    /// <summary>The document with the highest id, or null.</summary>
    public BsonDocument? Last(string collection) =>
        ReadAll(collection, new Query { Order = Query.Descending, OrderBy = "_id" }, 1) is [var last] ? last : null;

    private List<BsonDocument> ReadAll(string collection, Query query, int limit)
    {
        query.Limit = limit;
        return ReadAll(collection, query);
    }

    private static Query Where(string condition, params BsonValue[] values)
    {
        var query = new Query();
        query.Where.Add(BsonExpression.Create(condition, values));
        return query;
    }
}
