using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>The small endpoints.</summary>
internal static class UtilityCases
{
    public static ContractCase[] All { get; } =
    [
        Good("GET /api/verify", 200, static scene => new Call()),
        Good("GET /api/models", 200, static scene => new Call()),
        Good("GET /api/stats", 200, static async scene =>
        {
            await scene.FlaggedLogAsync();
            return new Call { Query = "?days=2" };
        }) with { Golden = null },
        Faulty("GET /api/stats", ["from", "to"], static scene => new Call { Query = "?from=2000-01-01&to=never" }),
        Good("GET /api/rules/stats", 200, static async scene =>
        {
            await scene.FlaggedLogAsync();
            return new Call();
        }) with { Golden = null },
        Faulty("GET /api/rules/stats", ["days"], static scene => new Call { Query = "?days=0" }),
        Good("GET /api/logs/{id}/rendered", 200, static async scene =>
            new Call { Id = await scene.LogAsync(""" "project":"Support","output":"**Hello**" """) }),
        Good("GET /api/events", 200, static scene => new Call { Query = "?seconds=1" }) with { Golden = null },
        Faulty("GET /api/events", ["seconds"], static scene => new Call { Query = "?seconds=never" }),
        Good("PUT /api/events/focus", 200, static async scene => new Call { Body = $$"""{"listener":"{{await scene.ListenAsync()}}","logId":"any"}""" }),
        Faulty("PUT /api/events/focus", ["listener"], static scene => new Call { Body = "{}" }),
        Bad("PUT /api/events/focus", 404, "not_found", "by a name that nobody has", static scene => new Call { Body = """{"listener":"none"}""" }),
        Good("GET /healthz", 200, static scene => new Call()),
        Good("GET /readyz", 200, static scene => new Call()),
    ];
}
