using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Tracira.Server.Live;

/// <summary>Something that has just happened in a workspace, as it goes over the wire.</summary>
/// <param name="Name">What kind it is.</param>
/// <param name="Json">What it says.</param>
internal sealed record LiveEvent(string Name, string Json)
{
    public static LiveEvent Of<T>(string name, T body, JsonTypeInfo<T> type) => new(name, JsonSerializer.Serialize(body, type));
}
