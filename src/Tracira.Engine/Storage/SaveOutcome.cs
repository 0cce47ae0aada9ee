namespace Tracira;

/// <summary>What became of a project or task that was to be saved.</summary>
public enum SaveOutcome
{
    /// <summary>It is saved.</summary>
    Saved,

    /// <summary>What it belongs to is not there.</summary>
    NotFound,

    /// <summary>Another one has the name.</summary>
    NameTaken,
}
