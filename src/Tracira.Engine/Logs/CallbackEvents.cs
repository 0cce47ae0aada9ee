namespace Tracira;

/// <summary>Which events of a log are posted to its callback URL.</summary>
public enum CallbackEvents : byte
{
    /// <summary>Every finished evaluation.</summary>
    All,

    /// <summary>Evaluations that ended flagged or in error.</summary>
    FlaggedError,

    /// <summary>Human decisions.</summary>
    Decisions,

    /// <summary>Evaluations that ended flagged or in error, and human decisions.</summary>
    FlaggedErrorDecisions,

    /// <summary>Evaluations that passed.</summary>
    Pass,
}
