namespace Tracira.Server.Auth;

/// <summary>What a credential may do. An endpoint requires one of these.</summary>
[Flags]
internal enum Permissions
{
    None = 0,

    /// <summary>Send logs and uploads.</summary>
    Ingest = 1,

    /// <summary>Read logs, rules, projects and settings.</summary>
    Read = 2,

    /// <summary>Decide on logs and report problems.</summary>
    Review = 4,

    /// <summary>Change rules, projects and settings, and delete.</summary>
    Manage = 8,

    /// <summary>Change who may do what: members, keys; and read the audit log.</summary>
    Administer = 16,

    /// <summary>What the hosted product's documentation does with the webhook token.</summary>
    FullToken = Ingest | Read | Review | Manage,

    All = FullToken | Administer,
}
