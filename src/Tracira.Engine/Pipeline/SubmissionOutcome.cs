namespace Tracira;

/// <summary>What became of a submission.</summary>
public enum SubmissionOutcome
{
    /// <summary>It is stored as a new log.</summary>
    Accepted,

    /// <summary>The same content was accepted under this id before; the result shows what became of it.</summary>
    Repeated,

    /// <summary>Fields have to be mended; nothing was stored.</summary>
    Invalid,

    /// <summary>The id belongs to a log with other content; nothing was stored.</summary>
    IdConflict,
}
