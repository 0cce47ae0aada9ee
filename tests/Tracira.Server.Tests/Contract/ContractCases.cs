namespace Tracira.Server.Tests.Contract;

/// <summary>
/// Every case of the contract. What goes well and what is peculiar to a route is written down by hand, resource by resource; the rest is
/// the same call that goes well, with one thing changed: without a credential, with the wrong one, from another workspace, about something
/// that is not there, with a body that is none, to a server that is closing or whose disk is full.
/// </summary>
internal static class ContractCases
{
    /// <summary>The largest body that the stage's servers take.</summary>
    public const int BodyBytes = 128 * 1024;

    private static readonly string[] Bodiless =
    [
        "POST /api/auth/sign-out", "POST /api/settings/rotate-token", "POST /api/settings/rotate-webhook-secret", "POST /api/settings/test/{channel}",
        "POST /api/deliveries/{id}/replay",
    ];

    // These store nothing, but for setting up, which needs a server without anybody on it.
    private static readonly string[] WithoutWrite =
    [
        "POST /api/rules/evaluate", "POST /api/rules/backtest", "POST /api/uploads", "POST /api/settings/test/{channel}", "POST /api/auth/sign-in",
        "POST /api/me/workspace", "POST /api/auth/setup", "PUT /api/events/focus",
    ];

    private static readonly ContractCase[] Written =
    [
        .. LogCases.All, .. ReviewCases.All, .. RuleCases.All, .. ProjectCases.All, .. SettingsCases.All, .. MediaCases.All,
        .. IntegrationCases.All, .. PeopleCases.All, .. SessionCases.All, .. UtilityCases.All,
    ];

    // One call that goes well for each route.
    private static readonly ContractCase[] Models = [.. Written.Where(static known => known.Status < 400).DistinctBy(static known => known.Route)];

    /// <summary>Those that a server in good order answers.</summary>
    public static IReadOnlyList<ContractCase> Usual { get; } = [.. Written, .. Models.SelectMany(Vary)];

    /// <summary>Those that a server answers whose disk is full.</summary>
    public static IReadOnlyList<ContractCase> FullDisk { get; } =
    [
        .. from model in Models
           where AsksForWriting(model) && !WithoutWrite.Contains(model.Route)
           select model with { Status = 503, Code = "unavailable", What = "when the disk is full", Golden = null },
    ];

    /// <summary>Those that a server answers while it shuts down.</summary>
    public static IReadOnlyList<ContractCase> Closing { get; } =
    [
        .. from model in Models
           where AsksForWriting(model)
           select model with
           {
               Status = 503,
               Code = "unavailable",
               What = "while the server shuts down",
               Golden = model.Method == "GET" ? "closing-ready" : "closing",
               Request = async scene => await model.Request(scene) with { Server = null },
           },
    ];

    public static IEnumerable<ContractCase> All => [.. Usual, .. FullDisk, .. Closing];

    // To write, or whether one can.
    private static bool AsksForWriting(ContractCase model) => model.Method != "GET" || model.Route == "GET /readyz";

    private static IEnumerable<ContractCase> Vary(ContractCase model)
    {
        if (!model.LetsIn.HasFlag(Who.WithNothing))
            yield return Changed(401, "unauthorized", "without a credential", "without-credential", static call => call with { By = Who.WithNothing });
        if (FirstNotLetIn(model) is { } who)
            yield return Changed(403, "forbidden", $"{who}", null, call => call with { By = who });
        if (model.IsAboutOne)
        {
            yield return Changed(404, "not_found", "about what is not there", null, static call => call with { Id = "none" });
            yield return model with
            {
                Status = 404,
                Code = "not_found",
                What = "from another workspace",
                Golden = null,
                Request = async scene => await model.Request(scene) with { From = await scene.NeighbourAsync() },
            };
        }

        if (model.Method is not ("POST" or "PATCH" or "PUT") || Bodiless.Contains(model.Route))
            yield break;
        yield return Changed(400, "invalid_json", "with a body that is not JSON", "not-json", static call => call with { Body = "{" });
        yield return Changed(400, "invalid_json", "with a body that is no object", "no-object", static call => call with { Body = "[]" });
        yield return Changed(
            415, "unsupported_media_type", "with a body of another kind", "not-called-json", static call => call with { ContentType = "text/plain" });
        yield return Changed(
            413, "payload_too_large", "with a body that is too large", "too-large", static call => call with { Body = $"{{\"x\":\"{new string('x', BodyBytes)}\"}}" });

        ContractCase Changed(int status, string code, string what, string? golden, Func<Call, Call> change) => model with
        {
            Status = status,
            Code = code,
            What = what,
            Golden = golden,
            Request = async scene => change(await model.Request(scene)) with { Server = null },
        };
    }

    private static Who? FirstNotLetIn(ContractCase model)
    {
        foreach (Who who in new[] { Who.WithReviewKey, Who.WithReadKey, Who.WithIngestKey })
        {
            if (!model.LetsIn.HasFlag(who))
                return who;
        }

        return null;
    }
}
