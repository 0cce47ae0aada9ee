using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>One revision of a rule, as a document of the collection <c>rule_revisions</c>. Revisions are never changed or removed.</summary>
internal static class RuleDocument
{
    public const string Collection = "rule_revisions";

    public static BsonDocument Write(int number, Rule rule)
    {
        var document = new BsonDocument
        {
            ["_id"] = number,
            ["id"] = rule.Id,
            ["revision"] = rule.Revision,
            ["name"] = rule.Name,
            ["type"] = RuleTypeNames.NameOf(rule.Type),
            ["value"] = rule.Value,
            ["active"] = rule.IsActive,
            ["created"] = rule.CreatedAt.UtcTicks,
        };
        document.Put("description", rule.Description);
        document.Put("projectId", rule.ProjectId);
        document.Put("projectName", rule.ProjectName);
        document.Put("task", rule.TaskName);
        document.Put("judgeProvider", rule.JudgeProvider);
        document.Put("judgeModel", rule.JudgeModel);
        return document;
    }

    public static Rule Read(BsonDocument document)
    {
        if (!RuleTypeNames.TryParse(document["type"].AsString, out RuleType type))
            throw new InvalidDataException($"A rule has the unknown type {document["type"].AsString}; it was written by a newer Tracira.");
        return new Rule(document["name"].AsString, type, document["value"].AsString)
        {
            Id = document["id"].AsString,
            Revision = document["revision"].AsInt32,
            Description = document.Text("description"),
            IsActive = document["active"].AsBoolean,
            ProjectId = document.Text("projectId"),
            ProjectName = document.Text("projectName"),
            TaskName = document.Text("task"),
            JudgeProvider = document.Text("judgeProvider"),
            JudgeModel = document.Text("judgeModel"),
            CreatedAt = document.Moment("created"),
        };
    }
}
