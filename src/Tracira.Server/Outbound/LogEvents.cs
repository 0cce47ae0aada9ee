namespace Tracira.Server.Outbound;

/// <summary>What can happen to a log that somebody outside may want to hear of.</summary>
[Flags]
internal enum LogEvents
{
    None = 0,

    /// <summary>The evaluation ended, and the log passed.</summary>
    Pass = 1,

    /// <summary>The log was flagged, by a rule or a person.</summary>
    Flagged = 2,

    /// <summary>The evaluation ended in error.</summary>
    Error = 4,

    Approved = 8,

    Rejected = 16,

    /// <summary>A person wants the output done anew, or corrected it, before it goes out.</summary>
    Changed = 32,

    /// <summary>A person did it elsewhere.</summary>
    Handled = 64,

    /// <summary>A person said what would have been better about an output that had passed and gone out: there is nothing to resume.</summary>
    Taught = 128,

    Decided = Approved | Rejected | Changed | Handled | Taught,
}
