using System.Collections.Concurrent;
using LiteDB;
using LiteDB.Engine;

namespace Tracira.Storage.LiteDB;

/// <summary>What is small and always asked for, whole in memory: workspaces, projects with their tasks, rules with their revisions.</summary>
internal sealed class Tables
{
    public const string WorkspaceNumbers = "workspace_numbers";
    public const string WorkspaceCollection = "workspaces";

    private readonly ConcurrentDictionary<string, int> _workspaceNumbers = new();
    private readonly ConcurrentDictionary<string, Workspace> _workspaces = new();
    private readonly ConcurrentDictionary<int, Rule[]> _rules = new();

    public Tables(LiteEngine engine)
    {
        foreach (BsonDocument document in Read(engine, WorkspaceNumbers))
            AddWorkspaceNumber(document.Text("id"));
        foreach (BsonDocument document in Read(engine, WorkspaceCollection))
            PutWorkspace(WorkspaceDocument.Read(document));
        foreach (BsonDocument document in Read(engine, ProjectDocument.Collection))
            ProjectDocument.Load(document, Projects);
        foreach (BsonDocument document in Read(engine, RecordTable.Collection))
            Records.Load(document);
        foreach (BsonDocument document in Read(engine, RuleDocument.Collection))
            Revisions.Add(RuleDocument.Read(document));
        foreach (BsonDocument document in Read(engine, RuleEntry.Collection).OrderBy(static document => document["order"].AsInt32))
            PutRule(document["workspace"].AsInt32, Revisions[document["revision"].AsInt32]);
    }

    /// <summary>The projects.</summary>
    public ProjectTable Projects { get; } = new();

    /// <summary>The records.</summary>
    public RecordTable Records { get; } = new();

    /// <summary>The revisions of all rules.</summary>
    public RuleRevisions Revisions { get; } = new();

    /// <summary>How many workspaces have been used, those included that were deleted since.</summary>
    public int WorkspaceCount { get; private set; }

    /// <summary>The numbers of the workspaces that were deleted.</summary>
    public IEnumerable<int> DeletedWorkspaces => Enumerable.Range(0, WorkspaceCount).Except(_workspaceNumbers.Values);

    /// <summary>The workspaces, oldest first.</summary>
    public IReadOnlyList<Workspace> Workspaces =>
        [.. _workspaces.Values.OrderBy(static workspace => workspace.CreatedAt).ThenBy(static workspace => workspace.Id, StringComparer.Ordinal)];

    /// <summary>The number of a workspace, or -1.</summary>
    public int FindWorkspace(string workspaceId) => _workspaceNumbers.TryGetValue(workspaceId, out int number) ? number : -1;

    /// <summary>Gives the next number to a workspace; to none where that was deleted since.</summary>
    public void AddWorkspaceNumber(string? workspaceId)
    {
        if (workspaceId is not null)
            _workspaceNumbers[workspaceId] = WorkspaceCount;
        WorkspaceCount++;
    }

    public void PutWorkspace(Workspace workspace) => _workspaces[workspace.Id] = workspace;

    public void RemoveWorkspace(string workspaceId)
    {
        _workspaces.TryRemove(workspaceId, out _);
        if (_workspaceNumbers.TryRemove(workspaceId, out int number))
            _rules.TryRemove(number, out _);
    }

    /// <summary>A workspace's rules, in the order they were made.</summary>
    public IReadOnlyList<Rule> RulesOf(int workspace) => _rules.TryGetValue(workspace, out Rule[]? rules) ? rules : [];

    /// <summary>Adds a rule, or replaces the one of the same id. Its project's name is what the project is called now.</summary>
    public void PutRule(int workspace, Rule rule)
    {
        if (rule.ProjectId is { } id && Projects.TryFind(workspace, id, out int project) && Projects[project].Name != rule.ProjectName)
            rule = rule with { ProjectName = Projects[project].Name };
        IReadOnlyList<Rule> rules = RulesOf(workspace);
        _rules[workspace] = rules.Any(known => known.Id == rule.Id)
            ? [.. rules.Select(known => known.Id == rule.Id ? rule : known)]
            : [.. rules, rule];
    }

    public void RemoveRule(int workspace, string ruleId) => _rules[workspace] = [.. RulesOf(workspace).Where(rule => rule.Id != ruleId)];

    private static IEnumerable<BsonDocument> Read(LiteEngine engine, string collection)
    {
        using IBsonDataReader reader = engine.Query(collection, new Query());
        while (reader.Read())
            yield return reader.Current.AsDocument;
    }
}
