using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>The small endpoints.</summary>
internal static class UtilityCases
{
    public static ContractCase[] All { get; } =
    [
        Good("GET /api/verify", 200, static scene => new Call()),
        Good("GET /api/models", 200, static scene => new Call()),
        Good("GET /healthz", 200, static scene => new Call()),
        Good("GET /readyz", 200, static scene => new Call()),
    ];
}
