namespace Tracira;

/// <summary>A problem that was reported after the output had gone out.</summary>
/// <param name="At">When. UTC, whole milliseconds.</param>
/// <param name="By">Who reported it: <c>end_user</c>, <c>api</c>, or the name of a colleague.</param>
/// <param name="Reason">What the problem is, where that was said.</param>
public sealed record LogFlag(DateTimeOffset At, string By, string? Reason);
