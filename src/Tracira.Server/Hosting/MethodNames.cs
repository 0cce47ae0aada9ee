using System.Reflection;

namespace Tracira.Server.Hosting;

/// <summary>
/// The runtime's table of the names of all methods. The first thing a web host does is ask for one of them, and the native runtime then
/// makes the table, a tenth of a start. It can be made on another core meanwhile.
/// </summary>
internal static class MethodNames
{
    private static readonly Lazy<MethodInfo> Any = new(static () => ((Action)Load).Method);

    /// <summary>Makes the table, or waits until whoever began with it is through.</summary>
    public static void Load() => _ = Any.Value;
}
