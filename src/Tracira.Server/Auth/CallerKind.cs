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

    /// <summary>A person in Slack: the message that was answered has Slack's signature.</summary>
    Slack,

    /// <summary>Whoever follows the signed link in a mail.</summary>
    Email,

    /// <summary>The data folder's own socket: somebody who could read the files anyway.</summary>
    Operator,
}
