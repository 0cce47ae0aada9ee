namespace Tracira.Server.Auth.People;

/// <summary>The secret of the link by which the first admin is made. It lives as long as the process, and is good for one use.</summary>
internal sealed class SetupLink
{
    private SecretHash? _hash;
    private int _taken;

    /// <summary>Draws the secret, at start, where there is nobody yet.</summary>
    public string Open()
    {
        string token = LinkSecret.New();
        _hash = SecretHash.Of(token);
        return token;
    }

    /// <summary>Whether this is the secret.</summary>
    public bool IsProvenBy(string token) => SecretHash.TryCompute(token, out SecretHash hash) && _hash is { } own && own.Equals(hash);

    /// <summary>Takes the one use there is.</summary>
    public bool TryTake() => Interlocked.Exchange(ref _taken, 1) == 0;

    /// <summary>Gives the use back that came to nothing.</summary>
    public void GiveBack() => Interlocked.Exchange(ref _taken, 0);
}
