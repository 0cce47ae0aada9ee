using System.Text.Json;
using Tracira.Server.Api;
using Tracira.Server.Live;

namespace Tracira.Server.Auth.People;

/// <summary>Everybody who can sign in. No two users have the same address: a record of its own holds each one taken.</summary>
internal sealed class UserDirectory(ITraciraStore store, LiveFeed live)
{
    private const string Kind = "user";
    private const string EmailKind = "user-email";
    private const string NoWorkspace = "";

    private readonly IRecordStore _records = store.Records;

    public async ValueTask<bool> AnyAsync() => (await _records.ListAsync(Kind, NoWorkspace, limit: 1).ConfigureAwait(false)).Count > 0;

    public async ValueTask<IReadOnlyList<User>> ListAsync() =>
        [.. (await _records.ListAsync(Kind, NoWorkspace).ConfigureAwait(false)).Select(Read)];

    public async ValueTask<User?> FindAsync(string id) =>
        await _records.FindAsync(Kind, NoWorkspace, id).ConfigureAwait(false) is { } record ? Read(record) : null;

    /// <summary>The user of an address, however it is written.</summary>
    public async ValueTask<User?> FindByEmailAsync(string email)
    {
        string key = EmailAddress.KeyOf(email);
        return await _records.FindAsync(EmailKind, NoWorkspace, key).ConfigureAwait(false) is { } taken
            ? await FindAsync(JsonSerializer.Deserialize(taken.Json, ApiJson.Wire.String)!).ConfigureAwait(false)
            : null;
    }

    /// <summary>Adds a user, or keeps what became of one.</summary>
    /// <param name="user">The user, as it was read or made new.</param>
    /// <param name="together">What else is to be written, or not, in the same breath.</param>
    /// <returns>False, and nothing is done, where the address is taken, or where somebody else changed the user or the rest meanwhile.</returns>
    public ValueTask<bool> SaveAsync(User user, params ReadOnlySpan<RecordWrite> together)
    {
        List<RecordWrite> writes =
        [
            new RecordWrite(Kind, NoWorkspace, user.Id, JsonSerializer.Serialize(user, ApiJson.Wire.User), user.Version),
            .. together,
        ];
        if (user.Version == 0)
            writes.Add(new RecordWrite(EmailKind, NoWorkspace, EmailAddress.KeyOf(user.Email), JsonSerializer.Serialize(user.Id, ApiJson.Wire.String), 0));
        return EndingAsync(user.Id, _records.WriteAsync(writes));
    }

    /// <summary>Changes a user, anew from what is kept as often as somebody else is quicker.</summary>
    /// <returns>The user as it is now; null where there is none of this id.</returns>
    public async ValueTask<User?> ChangeAsync(string id, Func<User, User> change)
    {
        while (await FindAsync(id).ConfigureAwait(false) is { } user)
        {
            User changed = change(user);
            if (await SaveAsync(changed).ConfigureAwait(false))
                return changed with { Version = user.Version + 1 };
        }

        return null;
    }

    /// <summary>Removes a user; the sessions end and the address is free again.</summary>
    /// <returns>False where somebody else changed the user meanwhile.</returns>
    public ValueTask<bool> DeleteAsync(User user) => EndingAsync(user.Id, _records.WriteAsync(
    [
        new RecordWrite(Kind, NoWorkspace, user.Id, null, user.Version),
        new RecordWrite(EmailKind, NoWorkspace, EmailAddress.KeyOf(user.Email), null),
    ]));

    // Pages that listen were let in by what the user was before; they have to prove themselves again.
    private async ValueTask<bool> EndingAsync(string userId, ValueTask<bool> writing)
    {
        bool isWritten = await writing.ConfigureAwait(false);
        if (isWritten)
            live.End(userId);
        return isWritten;
    }

    private static User Read(Record record) => JsonSerializer.Deserialize(record.Json, ApiJson.Wire.User)! with { Version = record.Version };
}
