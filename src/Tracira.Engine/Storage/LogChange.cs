namespace Tracira;

/// <summary>What became of a log that was to be changed.</summary>
/// <param name="Log">The log as it is now; null where there is none of the id.</param>
/// <param name="Changed">Whether it was changed.</param>
public readonly record struct LogChange(Log? Log, bool Changed);
