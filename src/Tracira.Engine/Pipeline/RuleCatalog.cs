using System.Collections.Concurrent;

namespace Tracira;

/// <summary>
/// The rules of each workspace, compiled for each project and task that has been asked for. Changes go through here, so that a change
/// applies to every log accepted after it was answered.
/// </summary>
public sealed class RuleCatalog : IDisposable
{
    private readonly IRuleStore _store;
    private readonly ConcurrentDictionary<string, Snapshot> _snapshots = new();
    private readonly SemaphoreSlim _changing = new(1, 1);

    /// <summary>Creates a catalog over a store that nobody else writes rules to.</summary>
    public RuleCatalog(ITraciraStore store) => _store = store.Rules;

    /// <summary>The workspace's rules, active or not, in the order they were made.</summary>
    public async ValueTask<IReadOnlyList<Rule>> ListAsync(string workspaceId, CancellationToken cancellationToken = default) =>
        (await GetAsync(workspaceId, cancellationToken).ConfigureAwait(false)).Rules;

    /// <summary>The active rules that apply to logs of a project and task, compiled.</summary>
    public async ValueTask<RuleSet> GetRuleSetAsync(string workspaceId, Placement placement, CancellationToken cancellationToken = default) =>
        (await GetAsync(workspaceId, cancellationToken).ConfigureAwait(false)).RuleSetFor(placement);

    /// <summary>Saves a new rule, or the next revision of one.</summary>
    /// <returns>False where somebody else changed the rule meanwhile.</returns>
    /// <exception cref="RuleException">The rule's value does not fit its type.</exception>
    public async ValueTask<bool> SaveAsync(string workspaceId, Rule rule, CancellationToken cancellationToken = default)
    {
        if (RuleSet.Check(rule) is { } fault)
            throw new RuleException([fault]);
        return await ChangeAsync(workspaceId, _store.SaveAsync(workspaceId, rule, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>Removes a rule.</summary>
    /// <returns>False where there is none of this id.</returns>
    public ValueTask<bool> DeleteAsync(string workspaceId, string ruleId, CancellationToken cancellationToken = default) =>
        ChangeAsync(workspaceId, _store.DeleteAsync(workspaceId, ruleId, cancellationToken));

    /// <summary>Reads the rules anew after a change that did not go through here: projects take their rules along.</summary>
    internal async ValueTask ReloadAsync(string workspaceId) => await LoadAsync(workspaceId, CancellationToken.None).ConfigureAwait(false);

    /// <inheritdoc/>
    public void Dispose() => _changing.Dispose();

    // A caller who hangs up after the change is durable must not leave the old rules in force: the reload cannot be cancelled.
    private async ValueTask<bool> ChangeAsync(string workspaceId, ValueTask<bool> change)
    {
        bool changed = await change.ConfigureAwait(false);
        await ReloadAsync(workspaceId).ConfigureAwait(false);
        return changed;
    }

    private ValueTask<Snapshot> GetAsync(string workspaceId, CancellationToken cancellationToken) =>
        _snapshots.TryGetValue(workspaceId, out Snapshot? snapshot)
            ? ValueTask.FromResult(snapshot)
            : LoadAsync(workspaceId, cancellationToken);

    // One load at a time: a load that began before a change must not overwrite the one that came after it.
    private async ValueTask<Snapshot> LoadAsync(string workspaceId, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            IReadOnlyList<Rule> rules = await _store.ListAsync(workspaceId, cancellationToken).ConfigureAwait(false);
            var snapshot = new Snapshot(rules, _snapshots.GetValueOrDefault(workspaceId));
            _snapshots[workspaceId] = snapshot;
            return snapshot;
        }
        finally
        {
            _changing.Release();
        }
    }

    /// <summary>A workspace's rules between two changes.</summary>
    private sealed class Snapshot(IReadOnlyList<Rule> rules, Snapshot? former)
    {
        // What was compiled last, for taking over what has not changed since; a former snapshot itself must not be held on to.
        private readonly ConcurrentDictionary<(string ProjectId, string? TaskName), RuleSet> _former = former?.Compiled ?? new();
        private readonly Rule[] _active = [.. rules.Where(static rule => rule.IsActive)];
        private readonly ConcurrentDictionary<(string ProjectId, string? TaskName), RuleSet> _sets = new();

        // Most projects and tasks have no rules of their own; those share one compiled set.
        private readonly ConcurrentDictionary<string, Lazy<RuleSet>> _compiled = new();

        public IReadOnlyList<Rule> Rules { get; } = rules;

        private ConcurrentDictionary<(string ProjectId, string? TaskName), RuleSet> Compiled => _sets.IsEmpty ? _former : _sets;

        public RuleSet RuleSetFor(Placement placement)
        {
            var key = (placement.Project.Id, placement.TaskName);
            return _sets.TryGetValue(key, out RuleSet? set) ? set : _sets.GetOrAdd(key, Compile);
        }

        private RuleSet Compile((string ProjectId, string? TaskName) place)
        {
            Rule[] applying = [.. _active.Where(rule => rule.AppliesTo(place.ProjectId, place.TaskName))];
            string ids = string.Join('\n', applying.Select(static rule => rule.Id));
            return _compiled.GetOrAdd(ids, _ => new Lazy<RuleSet>(() => _former.GetValueOrDefault(place, RuleSet.Empty).With(applying))).Value;
        }
    }
}
