using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Sending, reading and deleting logs.</summary>
internal static class LogCases
{
    private const string Whole = """
        {"project":"Support","task":"Reply","output":"A discount of 30%","input":[{"type":"text","text":"Hi"}],"inputText":"Hi","model":"gpt-4o",
        "latencyMs":"120","costUsd":0.01,"metadata":{"run":7},"id":"whole","sync":true,"confidence":"0.9","conversationId":"s-1","customerId":"c-1",
        "userId":"u-1","timestamp":"2026-01-31T12:00:00Z","tags":["a","b"],"action":{"name":"refund","summary":"Refund","params":{"amount":5}},
        "attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}],"requireApproval":false,"callbackUrl":"https://example.com/hook"}
        """;

    // Each of its faults is in another field.
    private const string Bad = """
        {"project":" ","output":7,"task":{},"input":7,"model":[],"latencyMs":"soon","costUsd":-1,"metadata":[],"id":"a b","sync":"perhaps","confidence":2,
        "sessionId":{},"subjectId":[],"actorId":true,"timestamp":"yesterday","tags":"a","action":"go","requireApproval":"maybe","instructionsVersion":1.5,
        "callbackUrl":"http://127.0.0.1/","callbackEvents":"some","deadlineMs":0,"attachments":[{"source":"pigeon"}],"outputAttachments":{}}
        """;

    private static readonly string[] BadFields =
    [
        "action", "actorId", "attachments[0].source", "callbackEvents", "callbackUrl", "confidence", "costUsd", "deadlineMs", "id", "input",
        "instructionsVersion", "latencyMs", "metadata", "model", "output", "outputAttachments", "project", "requireApproval", "sessionId", "subjectId",
        "sync", "tags", "task", "timestamp",
    ];

    public static ContractCase[] All { get; } =
    [
        Good("POST /api/logs", 202, static scene => new Call { Body = """{"project":"Support","output":"Hello"}""" }),
        Good(
            "POST /api/logs",
            200,
            static async scene =>
            {
                await scene.RuleAsync();
                return new Call { Body = Whole };
            },
            "with the verdict awaited"),
        Good("POST /api/logs", 202, static scene => new Call { Body = Whole.Replace("\"sync\":true", "\"sync\":\"\"", StringComparison.Ordinal) }, "with every field"),
        Faulty("POST /api/logs", BadFields, static scene => new Call { Body = Bad }),
        Faulty("POST /api/logs", ["output", "project"], static scene => new Call { Body = "{}" }, "with nothing in it"),
        Faulty("POST /api/logs", ["id"], static scene => new Call { Body = """{"project":"Support","output":"Hello","id":"Tasks"}""" }, "with an id that leads elsewhere"),
        Faulty(
            "POST /api/logs",
            ["id"],
            static scene => new Call { Body = """{"project":"Support","output":"Hello"}""", Headers = [("Idempotency-Key", "..")] },
            "with a key for an id that leads elsewhere"),
        Bad("POST /api/logs", 409, "id_conflict", "with the id of another log", static async scene =>
        {
            await scene.LogAsync(""" "project":"Support","output":"Hello","id":"taken" """);
            return new Call { Body = """{"project":"Support","output":"Goodbye","id":"taken"}""" };
        }),
        Bad("POST /api/logs", 413, "payload_too_large", "with a file that is too large", static scene => new Call
        {
            Body = $$"""{"project":"Support","output":"Hello","attachments":[{"source":"upload","data":"{{new string('A', 90_000)}}","filename":"a.txt"}]}""",
        }) with { Fields = ["attachments[0]"] },
        Bad("POST /api/logs", 415, "unsupported_media_type", "packed in a way that is not known", static scene => new Call { Body = "{}", Headers = [("Content-Encoding", "zstd")] }),
        Bad("POST /api/logs", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.SendManyAsync(500);
            await scene.UseUpAsync("/api/logs", """{"project":"Support","output":"Hello"}""");
            return new Call { Body = """{"project":"Support","output":"Hello"}""" };
        }),

        Good("POST /api/logs/batch", 200, static async scene =>
        {
            await scene.RuleAsync();
            return new Call
            {
                Body = """
                    {"logs":[{"project":"Support","output":"Hello"},{"project":"Support","output":"A discount","sync":true,"id":"b"},
                    {"latencyMs":"soon"},{"project":"Support","output":"Goodbye","id":"b"},7]}
                    """,
            };
        }),
        Faulty("POST /api/logs/batch", ["logs"], static scene => new Call { Body = """{"logs":[]}""" }),
        Bad("POST /api/logs/batch", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.SendManyAsync(500);
            await scene.UseUpAsync("/api/logs", """{"project":"Support","output":"Hello"}""");
            return new Call { Body = """{"logs":[{"project":"Support","output":"Hello"}]}""" };
        }),

        Good("GET /api/logs", 200, static async scene =>
        {
            await scene.FlaggedLogAsync();
            await scene.LogAsync(Whole.Trim()[1..^1]);
            return new Call { Query = "?status=flagged&sortBy=timestamp&sortDir=asc" };
        }),
        Good(
            "GET /api/logs",
            200,
            static async scene =>
            {
                await scene.FlaggedLogAsync();
                await scene.LogAsync(Whole.Trim()[1..^1]);
                return new Call { Query = "?text=DISCOUNT%20of" };
            },
            "with a text inside the output"),
        Faulty(
            "GET /api/logs",
            ["from", "limit", "page", "pending", "sortBy", "sortDir", "status", "to"],
            static scene => new Call { Query = "?status=odd&pending=perhaps&from=then&to=now&sortBy=size&sortDir=up&page=0&limit=101" }),
        Good("GET /api/logs/{id}", 200, static async scene =>
        {
            await scene.RuleAsync();
            return new Call { Id = await scene.LogAsync(Whole.Trim()[1..^1]) };
        }),
        Good("GET /api/logs/{id}/status", 200, static async scene =>
        {
            string id = await scene.FlaggedLogAsync();
            await scene.DoAsync("PATCH", $"/api/logs/{id}/decision", """{"decision":"approved"}""");
            return new Call { Id = id };
        }),
        Good("DELETE /api/logs/{id}", 200, static async scene => new Call { Id = await scene.LogAsync() }),
        Good("GET /api/logs/tasks", 200, static async scene =>
        {
            await scene.ProjectWithTaskAsync();
            await scene.LogAsync(""" "project":"Other","task":"Answer","output":"Hello" """);
            return new Call();
        }),
        Good("GET /api/logs/export", 200, static async scene =>
        {
            await scene.LogAsync();
            return new Call { Id = await scene.FlaggedLogAsync() };
        }),
        Good(
            "GET /api/logs/export",
            200,
            static async scene =>
            {
                await scene.FlaggedLogAsync();
                return new Call { Query = "?format=csv" };
            },
            "as CSV"),
        Good(
            "GET /api/logs/export",
            200,
            static async scene =>
            {
                await scene.FlaggedLogAsync();
                return new Call { Query = "?text=nowhere" };
            },
            "of a text that no output has"),
        Faulty("GET /api/logs/export", ["format", "status"], static scene => new Call { Query = "?format=xml&status=odd" }),
    ];
}
