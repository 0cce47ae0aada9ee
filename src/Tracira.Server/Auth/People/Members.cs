namespace Tracira.Server.Auth.People;

/// <summary>What became of a change to a workspace's members.</summary>
internal enum MemberChange
{
    Done,

    /// <summary>The workspace has no member of this id.</summary>
    NotFound,

    /// <summary>Nobody would be left to administer the workspace.</summary>
    LastAdmin,
}

/// <summary>Who is in a workspace. Changes go one at a time, so that two admins cannot push each other out and leave none.</summary>
internal sealed class Members(UserDirectory users) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>The members, by name.</summary>
    public async ValueTask<IReadOnlyList<User>> ListAsync(string workspaceId) =>
        [.. (await users.ListAsync().ConfigureAwait(false))
            .Where(user => user.Memberships.ContainsKey(workspaceId))
            .OrderBy(static user => user.Name, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Gives a member another role, or with null takes the membership away. Who is in no workspace any more is no user any more.</summary>
    public async ValueTask<MemberChange> ChangeAsync(string workspaceId, string userId, Role? role)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            IReadOnlyList<User> members = await ListAsync(workspaceId).ConfigureAwait(false);
            if (members.FirstOrDefault(member => member.Id == userId) is not { } user)
                return MemberChange.NotFound;
            if (role != Role.Admin
                && members.All(member => member.Memberships[workspaceId] != Role.Admin || member.Id == userId)
                && user.Memberships[workspaceId] == Role.Admin)
            {
                return MemberChange.LastAdmin;
            }

            if (role is { } given)
                await users.ChangeAsync(userId, known => known.In(workspaceId, given)).ConfigureAwait(false);
            else if (await users.ChangeAsync(userId, known => known.NotIn(workspaceId)).ConfigureAwait(false) is { Memberships.Count: 0 } left)
                await users.DeleteAsync(left).ConfigureAwait(false);
            return MemberChange.Done;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
