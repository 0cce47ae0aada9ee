using System.Text.Json;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Auth.People;

/// <summary>Invitations that are open. Of a link's secret only the hash is kept: it is the record's id.</summary>
internal sealed class Invitations(ITraciraStore store, ServerOptions options, TimeProvider time)
{
    private const string Kind = "invitation";
    private const string NoWorkspace = ""; // whoever follows a link knows the secret only, not the workspace

    /// <summary>Invites a person anew; earlier invitations of the same person to the workspace no longer count.</summary>
    /// <returns>The invitation and the secret of its link.</returns>
    public async ValueTask<(Invitation Invitation, string Token)> CreateAsync(string workspaceId, EmailAddress email, Role role, string invitedBy)
    {
        DateTimeOffset now = time.GetUtcNow();
        var invitation = new Invitation(
            Guid.CreateVersion7(now).ToString(), workspaceId, email.Text, role, invitedBy, now + options.People.InvitationLifetime);
        string token = LinkSecret.New();
        List<RecordWrite> writes = [];
        foreach ((string hash, Invitation other) in await AllAsync().ConfigureAwait(false))
        {
            if (other.ExpiresAt <= now || (other.WorkspaceId == workspaceId && EmailAddress.KeyOf(other.Email) == email.Key))
                writes.Add(new RecordWrite(Kind, NoWorkspace, hash, null));
        }

        writes.Add(new RecordWrite(Kind, NoWorkspace, SecretHash.Of(token).ToString(), JsonSerializer.Serialize(invitation, ApiJson.Wire.Invitation)));
        await store.Records.WriteAsync(writes).ConfigureAwait(false);
        return (invitation, token);
    }

    /// <summary>The open invitations to a workspace, oldest first.</summary>
    public async ValueTask<IReadOnlyList<Invitation>> ListAsync(string workspaceId) =>
        [.. (await AllAsync().ConfigureAwait(false))
            .Select(static entry => entry.Invitation)
            .Where(invitation => invitation.WorkspaceId == workspaceId && invitation.ExpiresAt > time.GetUtcNow())
            .OrderBy(static invitation => invitation.Id, StringComparer.Ordinal)];

    /// <summary>The open invitation of a link's secret, with the write that uses it up.</summary>
    public async ValueTask<(Invitation Invitation, RecordWrite UseUp)?> FindAsync(string token)
    {
        if (!SecretHash.TryCompute(token, out SecretHash secret)
            || await store.Records.FindAsync(Kind, NoWorkspace, secret.ToString()).ConfigureAwait(false) is not { } record)
        {
            return null;
        }

        return Open(record);
    }

    /// <summary>The newest open invitation of an address, with the write that uses it up.</summary>
    public async ValueTask<(Invitation Invitation, RecordWrite UseUp)?> FindByEmailAsync(EmailAddress email) =>
        (await store.Records.ListAsync(Kind, NoWorkspace).ConfigureAwait(false))
            .Select(Open)
            .Where(open => open is { } found && EmailAddress.KeyOf(found.Invitation.Email) == email.Key)
            .MaxBy(static open => open!.Value.Invitation.ExpiresAt);

    /// <summary>Withdraws an invitation.</summary>
    /// <returns>What was withdrawn; null where the workspace has none of this id.</returns>
    public async ValueTask<Invitation?> WithdrawAsync(string workspaceId, string id)
    {
        foreach ((string hash, Invitation invitation) in await AllAsync().ConfigureAwait(false))
        {
            if (invitation.Id != id || invitation.WorkspaceId != workspaceId)
                continue;
            await store.Records.WriteAsync([new RecordWrite(Kind, NoWorkspace, hash, null)]).ConfigureAwait(false);
            return invitation;
        }

        return null;
    }

    private (Invitation Invitation, RecordWrite UseUp)? Open(Record record)
    {
        Invitation invitation = Read(record);
        return invitation.ExpiresAt > time.GetUtcNow() ? (invitation, new RecordWrite(Kind, NoWorkspace, record.Id, null, record.Version)) : null;
    }

    private async ValueTask<IReadOnlyList<(string Hash, Invitation Invitation)>> AllAsync() =>
        [.. (await store.Records.ListAsync(Kind, NoWorkspace).ConfigureAwait(false)).Select(static record => (record.Id, Read(record)))];

    private static Invitation Read(Record record) => JsonSerializer.Deserialize(record.Json, ApiJson.Wire.Invitation)!;
}
