using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>/openapi/v1.json, as the dashboard has it.</summary>
public sealed class ApiDescriptionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task The_dashboard_is_made_for_the_api_that_there_is()
    {
        JsonObject told = JsonNode.Parse(await server.Http.GetStringAsync("/openapi/v1.json"))!.AsObject();
        told.Remove("servers"); // where it was asked
        told.Remove("tags"); // in the order in which parts of the server were made
        JsonNode kept = JsonNode.Parse(await File.ReadAllTextAsync(KeptFile()))!;
        JsonNode.DeepEquals(told, kept).ShouldBeTrue("openapi.json is stale: run eng/openapi.sh");
    }

    private static string KeptFile([CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, "..", "..", "src", "Tracira.Dashboard", "openapi.json");
}
