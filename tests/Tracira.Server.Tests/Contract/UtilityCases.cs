using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>The small endpoints.</summary>
internal static class UtilityCases
{
    public static ContractCase[] All { get; } =
    [
        Good("GET /api/verify", 200, static scene => new Call()),
        Good("GET /api/models", 200, static scene => new Call()),
        Good("GET /api/events", 200, static scene => new Call { Query = "?seconds=1" }) with { Golden = null },
        Faulty("GET /api/events", ["seconds"], static scene => new Call { Query = "?seconds=never" }),
        Good("PUT /api/events/focus", 200, static async scene => new Call { Body = $$"""{"listener":"{{await scene.ListenAsync()}}","logId":"any"}""" }),
        Faulty("PUT /api/events/focus", ["listener"], static scene => new Call { Body = "{}" }),
        Bad("PUT /api/events/focus", 404, "not_found", "by a name that nobody has", static scene => new Call { Body = """{"listener":"none"}""" }),
        Good("GET /healthz", 200, static scene => new Call()),
        Good("GET /readyz", 200, static scene => new Call()),
    ];
}
