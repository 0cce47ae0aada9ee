namespace Tracira.Server.Auth;

/// <summary>How a caller proved who it is.</summary>
internal enum CallerKind
{
    /// <summary>The workspace's webhook token.</summary>
    Token,

    /// <summary>An API key.</summary>
    Key,

    /// <summary>A signed-in person.</summary>
    User,

    /// <summary>The data folder's own socket: somebody who could read the files anyway.</summary>
    Operator,
}
