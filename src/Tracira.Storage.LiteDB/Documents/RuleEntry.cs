using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>Which revision of a rule is in force, and its place in the order of the rules, as a document of the collection <c>rules</c>.</summary>
internal static class RuleEntry
{
    public const string Collection = "rules";

    /// <summary>Puts a revision in force.</summary>
    /// <param name="engine">The database.</param>
    /// <param name="workspace">The number of the rule's workspace.</param>
    /// <param name="ruleId">The rule.</param>
    /// <param name="revision">The number of the revision.</param>
    /// <param name="order">The place of a rule that is new; one that is not keeps its own.</param>
    public static void Put(LiteEngine engine, int workspace, string ruleId, int revision, int order)
    {
        BsonValue id = IdOf(workspace, ruleId);
        if (new DocumentReader(engine).Find(Collection, id) is { } known)
            order = known["order"].AsInt32;
        var document = new BsonDocument { ["_id"] = id, ["workspace"] = workspace, ["order"] = order, ["revision"] = revision };
        engine.Upsert(Collection, [document], BsonAutoId.ObjectId);
    }

    /// <summary>Removes rules.</summary>
    /// <returns>How many of them were there.</returns>
    public static int Delete(LiteEngine engine, int workspace, IEnumerable<string> ruleIds) =>
        engine.Delete(Collection, ruleIds.Select(ruleId => IdOf(workspace, ruleId)));

    private static BsonValue IdOf(int workspace, string ruleId) => $"{workspace}:{ruleId}";
}
