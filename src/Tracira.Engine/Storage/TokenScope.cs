namespace Tracira;

/// <summary>How far a workspace's webhook token reaches.</summary>
public enum TokenScope
{
    /// <summary>Everything but who may do what: members, keys, the audit log.</summary>
    Full,

    /// <summary>Sending logs and uploads, nothing else: for tokens that lie where many can read them.</summary>
    Ingest,
}
