using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>What came with the later generation: subscriptions and instructions; and deliveries.</summary>
internal static class IntegrationCases
{
    private const string Subscribe = """{"url":"https://example.com/hook","events":["flagged","approved"],"source":"n8n"}""";

    public static ContractCase[] All { get; } =
    [
        Good("GET /api/subscriptions", 200, static async scene =>
        {
            await scene.SubscribeAsync();
            return new Call();
        }),
        Good("POST /api/subscriptions", 201, static scene => new Call { Body = Subscribe }),
        Good(
            "POST /api/subscriptions",
            200,
            static async scene =>
            {
                await scene.DoAsync("POST", "/api/subscriptions", Subscribe);
                return new Call { Body = Subscribe };
            },
            "sent once more"),
        Faulty("POST /api/subscriptions", ["events", "source", "url"], static scene => new Call { Body = """{"url":"http://169.254.169.254/","events":["lost"],"source":[]}""" }),
        Bad("POST /api/subscriptions", 409, "conflict", "beyond the most there can be", static async scene =>
        {
            for (int i = 0; i < 100; i++)
                await scene.SubscribeAsync($"https://example.com/{i}");
            return new Call { Body = Subscribe };
        }),
        Good("DELETE /api/subscriptions/{id}", 200, static async scene => new Call { Id = (await scene.SubscribeAsync()).Id }),

        Good("GET /api/deliveries", 200, static scene => new Call()),
        Faulty("GET /api/deliveries", ["limit", "state"], static scene => new Call { Query = "?state=lost&limit=0" }),
        Good("POST /api/deliveries/{id}/replay", 200, static async scene => new Call { Id = await scene.DeliveryAsync() }),

        Good("POST /api/instructions", 200, static scene => new Call { Body = """{"project":"Support","task":"Reply","default":"Answer in one sentence."}""" }),
        Faulty("POST /api/instructions", ["default", "project", "task"], static scene => new Call { Body = """{"project":" ","default":[]}""" }),
        Bad("POST /api/instructions", 404, "not_found", "about what is not there", static scene => new Call { Body = """{"project":"Support","task":"Reply"}""" }),
        Good("POST /api/instructions/versions", 201, static async scene =>
        {
            await scene.InstructAsync();
            return new Call { Body = """{"project":"support","task":"reply","content":"Answer in two.","teachComment":"Too short","logId":"l-1"}""" };
        }),
        Faulty("POST /api/instructions/versions", ["content", "logId", "project", "task", "teachComment"], static scene =>
            new Call { Body = """{"teachComment":{},"logId":[]}""" }),
        Good("GET /api/instructions/versions", 200, static async scene =>
        {
            await scene.InstructAsync();
            await scene.DoAsync("POST", "/api/instructions/versions", """{"project":"Support","task":"Reply","content":"Answer in two.","teachComment":"Too short"}""");
            return new Call { Query = "?project=Support&task=Reply" };
        }),
        Faulty("GET /api/instructions/versions", ["project", "task"], static scene => new Call()),
        Bad("GET /api/instructions/versions", 404, "not_found", "about what is not there", static scene => new Call { Query = "?project=Support&task=Reply" }),
        Bad("GET /api/instructions/versions", 404, "not_found", "from another workspace", static async scene =>
        {
            await scene.InstructAsync();
            return new Call { Query = "?project=Support&task=Reply", From = await scene.NeighbourAsync() };
        }),
    ];
}
