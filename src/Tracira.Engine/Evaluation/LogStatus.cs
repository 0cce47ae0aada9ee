namespace Tracira;

/// <summary>What became of an output. Where several rules disagree, <see cref="Flagged"/> wins over <see cref="Error"/> over <see cref="Pass"/>.</summary>
public enum LogStatus : byte
{
    /// <summary>Stored, but a judge has still to speak.</summary>
    Pending,

    /// <summary>No rule was triggered, or none applied.</summary>
    Pass,

    /// <summary>At least one rule was triggered, or a person flagged it.</summary>
    Flagged,

    /// <summary>No rule was triggered, but at least one could not be evaluated.</summary>
    Error,
}
