namespace Tracira;

/// <summary>
/// What the logs of a project, day and model add up to. Counters of no logs are not kept. A project's day tells the first
/// <see cref="MaxModels"/> models apart, logs without a model among them as one.
/// </summary>
/// <param name="ProjectId">The project.</param>
/// <param name="Model">The model as it was first written; null for logs without one, and for others.</param>
/// <param name="IsOthers">Whether it is about all models that came when there were <see cref="MaxModels"/> already.</param>
/// <param name="Day">The UTC day of the logs' timestamps.</param>
/// <param name="Tally">What they add up to.</param>
public sealed record ModelCounter(string ProjectId, string? Model, bool IsOthers, DateOnly Day, ModelTally Tally)
{
    /// <summary>How many models are told apart in a project and day.</summary>
    public const int MaxModels = 100;
}
