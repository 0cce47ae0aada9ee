namespace Tracira;

/// <summary>Keeps rules. Every revision that was ever saved stays readable through the logs it was applied to.</summary>
public interface IRuleStore
{
    /// <summary>The workspace's rules, active or not, in the order they were made.</summary>
    ValueTask<IReadOnlyList<Rule>> ListAsync(string workspaceId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Saves a rule under its <see cref="Rule.Id"/>: a new one with revision 1, a changed one with the next revision.
    /// </summary>
    /// <returns>False, and nothing is saved, where the stored revision is not the one before: somebody else was quicker.</returns>
    ValueTask<bool> SaveAsync(string workspaceId, Rule rule, CancellationToken cancellationToken = default);

    /// <summary>Removes a rule.</summary>
    /// <returns>False where there is none of this id in the workspace.</returns>
    ValueTask<bool> DeleteAsync(string workspaceId, string ruleId, CancellationToken cancellationToken = default);
}
