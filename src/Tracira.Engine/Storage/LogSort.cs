namespace Tracira;

/// <summary>What a list of logs can be ordered by. Text is ordered ordinally, without regard to case; absent values come first when ascending.</summary>
public enum LogSort
{
    /// <summary>The date of the log.</summary>
    Timestamp,

    /// <summary>The project's name.</summary>
    ProjectName,

    /// <summary>The model's name.</summary>
    Model,

    /// <summary>The status, in the alphabetical order of its name: error, flagged, pass, pending.</summary>
    Status,

    /// <summary>How long the model took.</summary>
    LatencyMs,

    /// <summary>What the model's call cost.</summary>
    CostUsd,
}
