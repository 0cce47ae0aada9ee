using LiteDB;

namespace Tracira.Storage.LiteDB;

/// <summary>A log as a document of the collection <c>logs</c>. Project and rules are kept by number, so that a name is kept once.</summary>
internal static class LogDocument
{
    public const string Collection = "logs";

    /// <summary>Writes a log.</summary>
    public static BsonDocument Write(int row, Log log, int project, Func<Rule, int> revisionOf)
    {
        var document = new BsonDocument
        {
            ["_id"] = row,
            ["id"] = log.Id,
            ["workspace"] = log.WorkspaceId,
            ["project"] = project,
            ["time"] = log.Timestamp.ToUnixTimeMilliseconds(),
            ["created"] = log.CreatedAt.ToUnixTimeMilliseconds(),
            ["status"] = (int)log.Status,
            ["output"] = log.Output,
        };
        document.Put("task", log.TaskName);
        document.Put("input", log.Input);
        document.Put("inputText", log.InputText);
        document.Put("model", log.Model);
        document.Put("latencyMs", log.LatencyMs);
        document.Put("costUsd", log.CostUsd);
        document.Put("confidence", log.Confidence);
        document.Put("session", log.SessionId);
        document.Put("subject", log.SubjectId);
        document.Put("actor", log.ActorId);
        document.Put("metadata", log.Metadata);
        document.Put("callbackUrl", log.CallbackUrl);
        document.Put("fingerprint", log.Fingerprint);
        document.Put("score", log.ConfidenceScore);
        document.Put("explanation", log.Explanation);
        if (log.Tags.Count > 0)
            document["tags"] = new BsonArray(log.Tags.Select(static tag => new BsonValue(tag)));
        if (log.CallbackEvents != default)
            document["callbackEvents"] = (int)log.CallbackEvents;
        if (log.AppliedRules.Count > 0)
            document["rules"] = new BsonArray(log.AppliedRules.Select(applied => Write(applied, revisionOf(applied.Rule))));
        if (log.Decision is { } decision)
            document["decision"] = Write(decision);
        return document;
    }

    /// <summary>Reads a log.</summary>
    public static Log Read(BsonDocument document, Project project, Func<int, Rule> ruleOf) => new()
    {
        Id = document["id"].AsString,
        WorkspaceId = document["workspace"].AsString,
        ProjectId = project.Id,
        ProjectName = project.Name,
        TaskName = document.Text("task"),
        Timestamp = document.Time("time"),
        CreatedAt = document.Time("created"),
        Status = (LogStatus)document["status"].AsInt32,
        Output = document["output"].AsString,
        Input = document.Text("input"),
        InputText = document.Text("inputText"),
        Model = document.Text("model"),
        LatencyMs = document.Number("latencyMs"),
        CostUsd = document.Number("costUsd"),
        Confidence = document.Number("confidence"),
        SessionId = document.Text("session"),
        SubjectId = document.Text("subject"),
        ActorId = document.Text("actor"),
        Metadata = document.Text("metadata"),
        Tags = document.TryGetValue("tags", out BsonValue tags) ? [.. tags.AsArray.Select(static tag => tag.AsString)] : [],
        CallbackUrl = document.Text("callbackUrl"),
        CallbackEvents = document.TryGetValue("callbackEvents", out BsonValue events) ? (CallbackEvents)events.AsInt32 : default,
        Fingerprint = document.Text("fingerprint"),
        ConfidenceScore = document.Number("score"),
        Explanation = document.Text("explanation"),
        AppliedRules = document.TryGetValue("rules", out BsonValue rules) ? [.. rules.AsArray.Select(rule => ReadApplied(rule, ruleOf))] : [],
        Decision = document.TryGetValue("decision", out BsonValue decision) ? ReadDecision(decision.AsDocument) : null,
    };

    // A rule that passed and has nothing more to say, as most do, is its number alone.
    private static BsonValue Write(AppliedRule applied, int revision)
    {
        if (applied == new AppliedRule(applied.Rule, RuleOutcomeKind.Passed))
            return revision;
        var document = new BsonDocument { ["rule"] = revision, ["outcome"] = (int)applied.Outcome };
        document.Put("reason", applied.Reason);
        document.Put("confidence", applied.Confidence);
        document.Put("model", applied.Model);
        document.Put("llmOutput", applied.LlmOutput);
        if (applied.Matches.Count > 0)
            document["matches"] = new BsonArray(applied.Matches.SelectMany(static match => new BsonValue[] { match.Start, match.Length }));
        return document;
    }

    private static AppliedRule ReadApplied(BsonValue value, Func<int, Rule> ruleOf)
    {
        if (value.IsInt32)
            return new AppliedRule(ruleOf(value.AsInt32), RuleOutcomeKind.Passed);
        BsonDocument document = value.AsDocument;
        return new AppliedRule(ruleOf(document["rule"].AsInt32), (RuleOutcomeKind)document["outcome"].AsInt32)
        {
            Reason = document.Text("reason"),
            Confidence = document.Number("confidence"),
            Model = document.Text("model"),
            LlmOutput = document.Text("llmOutput"),
            Matches = document.TryGetValue("matches", out BsonValue matches)
                ? [.. matches.AsArray.Chunk(2).Select(static pair => new TextMatch(pair[0].AsInt32, pair[1].AsInt32))]
                : [],
        };
    }

    private static BsonDocument Write(Decision decision)
    {
        var document = new BsonDocument
        {
            ["kind"] = (int)decision.Kind,
            ["at"] = decision.At.ToUnixTimeMilliseconds(),
            ["by"] = decision.By,
            ["source"] = decision.Source,
        };
        document.Put("note", decision.Note);
        return document;
    }

    private static Decision ReadDecision(BsonDocument document) => new(
        (DecisionKind)document["kind"].AsInt32, document.Time("at"), document["by"].AsString, document["source"].AsString, document.Text("note"));
}
