namespace Tracira;

/// <summary>The ways a person can decide on a log.</summary>
public enum DecisionKind : byte
{
    /// <summary>The workflow may go on with the output.</summary>
    Approved,

    /// <summary>The workflow must not use the output.</summary>
    Rejected,

    /// <summary>The output shall be done anew, or was corrected by the person.</summary>
    Changed,

    /// <summary>The person did it elsewhere; the output is not used.</summary>
    Handled,
}
