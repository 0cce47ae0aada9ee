namespace Tracira;

/// <summary>What became of a log that a person had something to say about.</summary>
public enum ReviewOutcome
{
    /// <summary>It is stored.</summary>
    Done,

    /// <summary>The same had been decided before; that decision stands.</summary>
    Repeated,

    /// <summary>Something else had been decided before; that decision stands.</summary>
    AlreadyDecided,

    /// <summary>The log is pending: there is no verdict yet to say something about.</summary>
    StillEvaluating,

    /// <summary>There is no log of this id in the workspace.</summary>
    NotFound,
}
