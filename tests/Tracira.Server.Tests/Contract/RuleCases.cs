using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Rules, and trying them out.</summary>
internal static class RuleCases
{
    private const string Try = """{"output":"A discount","confidence":"0.5","rule":{"name":"No discounts","type":"keyword_forbidden","value":"discount"}}""";

    private const string Draft = """{"since":"30d","rule":{"name":"No discounts","type":"keyword_forbidden","value":"discount"}}""";

    private const string Bad = """
        {"name":" ","type":"magic","value":7,"description":{},"isActive":"perhaps","taskName":"Reply","llmJudgeProvider":"oracle","llmJudgeModel":[]}
        """;

    private static readonly string[] BadFields = ["description", "isActive", "llmJudgeModel", "llmJudgeProvider", "name", "taskName", "type", "value"];

    public static ContractCase[] All { get; } =
    [
        Good("GET /api/rules", 200, static async scene =>
        {
            await scene.RuleAsync();
            await scene.DoAsync("POST", "/api/rules", """{"name":"Short","type":"length_limit","value":"500","projectName":"Support","taskName":"Reply"}""");
            return new Call();
        }),
        Good("POST /api/rules", 201, static scene => new Call
        {
            Body = """
                {"name":"Kind","type":"llm_judge","value":"Be kind","description":"Tone","isActive":"true","projectName":"Support","taskName":"Reply",
                "llmJudgeProvider":"openai","llmJudgeModel":"gpt-4o-mini"}
                """,
        }),
        Faulty("POST /api/rules", BadFields, static scene => new Call { Body = Bad }),
        Faulty(
            "POST /api/rules",
            ["value"],
            static scene => new Call { Body = """{"name":"Order number","type":"regex_match","value":"("}""" },
            "with a pattern that is none"),
        Faulty(
            "POST /api/rules",
            ["projectId"],
            static async scene => new Call
            {
                Body = $$"""{"name":"Short","type":"length_limit","value":"500","projectId":"{{await (await scene.NeighbourAsync()).ProjectAsync()}}"}""",
            },
            "for a project of another workspace"),
        Good("GET /api/rules/{id}", 200, static async scene => new Call { Id = await scene.RuleAsync() }),
        Good("PATCH /api/rules/{id}", 200, static async scene => new Call { Id = await scene.RuleAsync(), Body = """{"isActive":false}""" }),
        Faulty("PATCH /api/rules/{id}", BadFields, static async scene => new Call { Id = await scene.RuleAsync(), Body = Bad }),
        Bad("PATCH /api/rules/{id}", 409, "conflict", "by many at the same moment", static async scene =>
            new Call { Id = await scene.RuleAsync(), Body = """{"value":"rebate"}""", AtOnce = 32 }),
        Good("DELETE /api/rules/{id}", 200, static async scene => new Call { Id = await scene.RuleAsync() }),

        Good("POST /api/rules/evaluate", 200, static scene => new Call { Body = Try }),
        Faulty("POST /api/rules/evaluate", ["confidence", "output", "rule"], static scene => new Call { Body = """{"output":"","confidence":2,"rule":"<rule>"}""" }),
        Bad("POST /api/rules/evaluate", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.UseUpAsync("/api/rules/evaluate", Try);
            return new Call { Body = Try };
        }),

        Good("POST /api/rules/backtest", 200, static scene => new Call { Body = Draft }),
        Faulty(
            "POST /api/rules/backtest",
            ["examples", "rule", "since"],
            static scene => new Call { Body = """{"since":"soon","examples":101,"rule":"<rule>"}""" }),
        Bad("POST /api/rules/backtest", 429, "rate_limited", "beyond the limit", static async scene =>
        {
            await scene.UseUpAsync("/api/rules/evaluate", Try);
            return new Call { Body = Draft };
        }),
    ];
}
