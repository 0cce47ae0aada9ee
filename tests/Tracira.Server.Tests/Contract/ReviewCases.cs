using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Deciding on logs and flagging them.</summary>
internal static class ReviewCases
{
    private const string Approve = """{"decision":"approved"}""";
    private const string Flag = """{"status":"flagged","reason":"The customer complained","flaggedBy":"end_user"}""";

    public static ContractCase[] All { get; } =
    [
        Good("PATCH /api/logs/{id}/decision", 200, static async scene => new Call { Id = await scene.FlaggedLogAsync(), Body = Approve }),
        Faulty("PATCH /api/logs/{id}/decision", ["decision", "note"], static async scene =>
            new Call { Id = await scene.FlaggedLogAsync(), Body = """{"decision":"perhaps","note":7}""" }),
        Bad("PATCH /api/logs/{id}/decision", 409, "already_decided", "against a decision that stands", static async scene =>
        {
            string id = await scene.FlaggedLogAsync();
            await scene.DoAsync("PATCH", $"/api/logs/{id}/decision", Approve);
            return new Call { Id = id, Body = """{"decision":"rejected"}""" };
        }),
        Bad("PATCH /api/logs/{id}/decision", 409, "still_evaluating", "on a log that is judged at the moment", static async scene =>
            new Call { Id = await scene.PendingLogAsync(), Body = Approve }),

        Good("PATCH /api/logs/{id}/status", 200, static async scene => new Call { Id = await scene.LogAsync(""" "project":"Support","output":"Hello","id":"fine" """), Body = Flag }),
        Faulty("PATCH /api/logs/{id}/status", ["flaggedBy", "reason", "status"], static async scene =>
            new Call { Id = await scene.LogAsync(), Body = """{"status":"pass","reason":[],"flaggedBy":"me"}""" }),
        Bad("PATCH /api/logs/{id}/status", 409, "still_evaluating", "on a log that is judged at the moment", static async scene =>
            new Call { Id = await scene.PendingLogAsync(), Body = Flag }),

        Good("PATCH /api/logs/bulk", 200, static async scene =>
            new Call { Body = $$"""{"ids":["{{await scene.FlaggedLogAsync()}}","none"],"action":"approve"}""" }),
        Good(
            "PATCH /api/logs/bulk",
            200,
            static async scene => new Call { Body = $$"""{"ids":["{{await scene.LogAsync()}}"],"action":"delete"}""", From = await scene.NeighbourAsync() },
            "changes nothing of another workspace"),
        Faulty("PATCH /api/logs/bulk", ["action", "ids"], static scene => new Call { Body = """{"ids":"<ids>","action":"burn"}""" }),
        Bad("PATCH /api/logs/bulk", 403, "forbidden", "to delete, by somebody who may only review", static async scene =>
            new Call { Body = $$"""{"ids":["{{await scene.LogAsync()}}"],"action":"delete"}""", By = Who.Reviewer }),
    ];
}
