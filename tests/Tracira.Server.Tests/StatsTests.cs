using System.Globalization;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>GET /api/stats and GET /api/rules/stats, against sums made by hand.</summary>
public sealed class StatsTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Range = "from=2026-02-03&to=2026-02-04";

    private HttpClient Http => server.Http;

    [Fact]
    public async Task Every_number_is_what_a_person_would_count_and_stands_beside_as_many_days_before()
    {
        string mail = NewProject();
        await FillAsync(mail);
        await DecideAsync($"{mail}-b", "rejected");
        await DecideAsync($"{mail}-d", "rejected");
        await DecideAsync($"{mail}-f", "approved");
        await Http.PatchJsonAsync("/api/settings", """{"estimatedIncidentCostUsd":250}""");
        JsonElement stats = await StatsAsync($"{Range}&project={mail.ToUpperInvariant()}");

        (stats.GetProperty("from").GetString(), stats.GetProperty("to").GetString()).ShouldBe(("2026-02-03", "2026-02-04"));
        CountsOf(stats.GetProperty("total")).ShouldBe("4 logs, 2 pass, 2 flagged, 0 error, 0 pending, 50%");
        CountsOf(stats.GetProperty("before")).ShouldBe("2 logs, 1 pass, 1 flagged, 0 error, 0 pending, 50%");
        MeasuresOf(stats.GetProperty("measures")).ShouldBe("3 timed, 433.3 ms, 3 priced, $1.8");
        MeasuresOf(stats.GetProperty("measuresBefore")).ShouldBe("2 timed, 200 ms, 2 priced, $0.3");
        stats.GetProperty("measures").GetProperty("p95LatencyMs").GetDouble().ShouldBeInRange(1000 / Math.Sqrt(2), 1000 * Math.Sqrt(2));

        JsonElement[] days = [.. stats.GetProperty("days").EnumerateArray()];
        days.Select(static day => $"{day.GetProperty("day")}: {CountsOf(day.GetProperty("counts"))}; {MeasuresOf(day.GetProperty("measures"))}").ShouldBe(
        [
            "2026-02-03: 3 logs, 2 pass, 1 flagged, 0 error, 0 pending, 66.7%; 2 timed, 150 ms, 2 priced, $0.3",
            "2026-02-04: 1 logs, 0 pass, 1 flagged, 0 error, 0 pending, 0%; 1 timed, 1000 ms, 1 priced, $1.5",
        ]);

        JsonElement project = stats.GetProperty("projects").EnumerateArray().ShouldHaveSingleItem();
        project.GetProperty("name").GetString().ShouldBe(mail);
        CountsOf(project.GetProperty("counts")).ShouldStartWith("4 logs");
        MeasuresOf(project.GetProperty("measuresBefore")).ShouldBe("2 timed, 200 ms, 2 priced, $0.3");
        PointsOf(project).ShouldBe("2026-02-03 3 logs $0.3, 2026-02-04 1 logs $1.5");

        JsonElement[] models = [.. stats.GetProperty("models").EnumerateArray()];
        models.Select(static model =>
            $"{Text(model, "model")}: {model.GetProperty("logs")}, {model.GetProperty("logsBefore")} before; {MeasuresOf(model.GetProperty("measures"))}; {PointsOf(model)}")
            .ShouldBe(
            [
                "gpt: 2, 2 before; 2 timed, 150 ms, 2 priced, $0.3; 2026-02-03 2 logs $0.3",
                ": 1, 0 before; 0 timed,  ms, 0 priced, $0; 2026-02-03 1 logs $0",
                "claude: 1, 0 before; 1 timed, 1000 ms, 1 priced, $1.5; 2026-02-04 1 logs $1.5",
            ]);
        models[0].GetProperty("projects")[0].GetProperty("projectId").GetString().ShouldBe(project.GetProperty("id").GetString());
        MeasuresOf(models[0].GetProperty("measuresBefore")).ShouldBe("2 timed, 200 ms, 2 priced, $0.3");

        RulesOf(stats).ShouldBe(["Discounts: 2 hits, 2 decided, 1 confirmed, 0 open, 1 before", "Refunds: 1 hits, 1 decided, 1 confirmed, 0 open, 0 before"]);
        (stats.GetProperty("heldBack").GetInt32(), stats.GetProperty("heldBackBefore").GetInt32()).ShouldBe((1, 1));
        (stats.GetProperty("savedUsd").GetDouble(), stats.GetProperty("savedUsdBefore").GetDouble()).ShouldBe((250, 250));
        stats.GetProperty("openReviews").GetInt32().ShouldBe(0);
        stats.TryGetProperty("oldestOpenReview", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Decisions_that_change_and_logs_that_go_leave_nothing_behind()
    {
        string mail = NewProject();
        await FillAsync(mail);
        JsonElement open = await StatsAsync($"{Range}&project={mail}");
        RulesOf(open).ShouldBe(["Discounts: 2 hits, 0 decided, 0 confirmed, 2 open, 1 before", "Refunds: 1 hits, 0 decided, 0 confirmed, 1 open, 0 before"]);
        open.GetProperty("openReviews").GetInt32().ShouldBe(3, "b, d and f, whatever their day");
        open.GetProperty("oldestOpenReview").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2026, 2, 2, 12, 0, 0, TimeSpan.Zero));

        await BulkAsync("reject", $"{mail}-d", $"{mail}-f");
        JsonElement rejected = await StatsAsync($"{Range}&project={mail}");
        (rejected.GetProperty("heldBack").GetInt32(), rejected.GetProperty("openReviews").GetInt32()).ShouldBe((2, 1));
        await Http.PatchJsonAsync($"/api/logs/{mail}-d/status", """{"status":"flagged"}""");
        await DecideAsync($"{mail}-d", "approved");
        JsonElement approved = await StatsAsync($"{Range}&project={mail}");
        approved.GetProperty("heldBack").GetInt32().ShouldBe(1);
        RulesOf(approved).ShouldBe(["Discounts: 2 hits, 2 decided, 1 confirmed, 0 open, 1 before", "Refunds: 1 hits, 1 decided, 0 confirmed, 0 open, 0 before"]);

        (await Http.DeleteJsonAsync($"/api/logs/{mail}-f")).Status.ShouldBe(200);
        await BulkAsync("delete", $"{mail}-b", $"{mail}-c");
        JsonElement left = await StatsAsync($"{Range}&project={mail}");
        CountsOf(left.GetProperty("total")).ShouldBe("2 logs, 1 pass, 1 flagged, 0 error, 0 pending, 50%");
        MeasuresOf(left.GetProperty("measures")).ShouldBe("1 timed, 200 ms, 1 priced, $0.2");
        MeasuresOf(left.GetProperty("measuresBefore")).ShouldBe("1 timed, 100 ms, 1 priced, $0.1");
        left.GetProperty("models").EnumerateArray().Select(static model => Text(model, "model")).ShouldBe(["", "gpt"]);
        RulesOf(left).ShouldBe(["Discounts: 1 hits, 1 decided, 0 confirmed, 0 open, 0 before", "Refunds: 1 hits, 1 decided, 0 confirmed, 0 open, 0 before"]);
        (left.GetProperty("heldBack").GetInt32(), left.GetProperty("heldBackBefore").GetInt32()).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Projects_stand_apart_until_they_are_merged()
    {
        string mail = NewProject();
        string chat = NewProject();
        await FillAsync(mail);
        await FillAsync(chat);
        RulesOf(await StatsAsync($"{Range}&project={mail}"))[0].ShouldStartWith("Discounts: 2 hits");
        Answer projects = await Http.GetJsonAsync("/api/projects");
        string id = projects.Body.EnumerateArray().Single(project => project.GetProperty("name").GetString() == mail).GetProperty("id").GetString()!;
        (await Http.PatchJsonAsync($"/api/projects/{id}", $$"""{"name":"{{chat}}","merge":true}""")).Status.ShouldBe(200);
        JsonElement merged = await StatsAsync($"{Range}&project={chat}");
        CountsOf(merged.GetProperty("total")).ShouldStartWith("8 logs, 4 pass, 4 flagged");
        MeasuresOf(merged.GetProperty("measures")).ShouldBe("6 timed, 433.3 ms, 6 priced, $3.6");
        RulesOf(merged).Select(static rule => rule.Split(',')[0]).ShouldBe(["Discounts: 2 hits", "Discounts: 2 hits", "Refunds: 1 hits", "Refunds: 1 hits"]);
        (await StatsAsync($"{Range}&project={mail}")).GetProperty("projects").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Twenty_models_are_told_apart_and_all_others_are_one()
    {
        string project = NewProject();
        for (int i = 0; i < 25; i++)
        {
            for (int log = 0; log <= i / 20; log++)
                await SendAsync($$""" "project":"{{project}}","output":"x","model":"model-{{i:00}}","costUsd":0.1,"timestamp":"2026-02-03T12:00:00Z" """);
        }

        JsonElement[] models = [.. (await StatsAsync($"{Range}&project={project}")).GetProperty("models").EnumerateArray()];
        models.Length.ShouldBe(21);
        models[..6].Select(static model => Text(model, "model")).ShouldBe(["model-20", "model-21", "model-22", "model-23", "model-24", "model-00"]);
        (models[20].GetProperty("isOthers").GetBoolean(), models[20].GetProperty("logs").GetInt32()).ShouldBe((true, 5));
        MeasuresOf(models[20].GetProperty("measures")).ShouldBe("0 timed,  ms, 5 priced, $0.5");
    }

    [Fact]
    public async Task Rules_tell_their_hits_of_the_last_days_also_when_they_are_gone()
    {
        string project = NewProject();
        string rule = (await AddRulesAsync(project))[0];
        await SendAsync($$""" "project":"{{project}}","output":"a discount","id":"{{project}}-1" """);
        await SendAsync($$""" "project":"{{project}}","output":"a discount","timestamp":"{{DateTimeOffset.UtcNow.AddDays(-7):O}}" """);
        await DecideAsync($"{project}-1", "rejected");
        (await Http.DeleteJsonAsync($"/api/rules/{rule}")).Status.ShouldBe(200);
        Answer answer = await Http.GetJsonAsync("/api/rules/stats");
        answer["days"].ShouldBe("7");
        RuleOf(answer.Body.GetProperty("rules").EnumerateArray().Single(item => item.GetProperty("ruleId").GetString() == rule))
            .ShouldBe("Discounts: 1 hits, 1 decided, 1 confirmed, 0 open, 1 before");
    }

    [Fact]
    public async Task A_range_is_thirty_days_up_to_today_unless_something_else_is_asked_for()
    {
        string project = NewProject();
        await SendAsync($$""" "project":"{{project}}","output":"x" """);
        JsonElement stats = await StatsAsync($"project={project}");
        stats.GetProperty("days").GetArrayLength().ShouldBe(30);
        stats.GetProperty("total").GetProperty("logs").GetInt32().ShouldBe(1);
        (await StatsAsync("days=1")).GetProperty("days").GetArrayLength().ShouldBe(1);
        (await StatsAsync("from=2024-01-01&to=2025-12-31")).GetProperty("days").GetArrayLength().ShouldBe(731);
        (await StatsAsync("to=9999-12-31")).GetProperty("total").GetProperty("logs").GetInt32().ShouldBe(0);
        (await StatsAsync($"{Range}&project=nothing")).GetProperty("projects").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("from=2026-02-04&to=2026-02-03", "from")]
    [InlineData("from=2023-12-31&to=2025-12-31", "from")]
    [InlineData("from=soon&to=never&days=many", "from,to,days")]
    [InlineData("days=0", "days")]
    [InlineData("days=732", "days")]
    [InlineData("from=0001-01-01&to=0001-01-01", "to")]
    [InlineData("to=0001-01-20", "to")]
    public async Task A_range_that_is_none_is_named(string query, string fields)
    {
        Answer answer = await Http.GetJsonAsync($"/api/stats?{query}");
        answer.Status.ShouldBe(400);
        answer.Fields.Order().ShouldBe(fields.Split(',').Order());
    }

    [Fact]
    public async Task After_a_kill_the_numbers_are_what_they_were()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        string before;
        string[] calls = [.. Enumerable.Range(0, 50).Select(static i => $$"""{"project":"p{{i % 3}}","output":"a discount","model":"m{{i % 4}}","latencyMs":{{i}},"costUsd":0.1,"timestamp":"2026-02-03T12:00:00Z"}""")];
        await using (ServerProcess first = await ServerProcess.StartAsync(folder))
        {
            await first.Http.PostJsonAsync("/api/rules", """{"name":"Discounts","type":"keyword_forbidden","value":"discount"}""");
            await Task.WhenAll(calls.Select(call => first.Http.PostJsonAsync("/api/logs", call)));
            before = await first.Http.GetStringAsync($"/api/stats?{Range}");
            await first.KillAsync();
        }

        await using (ServerProcess second = await ServerProcess.StartAsync(folder))
            (await second.Http.GetStringAsync($"/api/stats?{Range}")).ShouldBe(before);
        RulesOf(JsonDocument.Parse(before).RootElement).ShouldBe(["Discounts: 50 hits, 0 decided, 0 confirmed, 50 open, 0 before"]);
        Directory.Delete(folder, recursive: true);
    }

    private static string NewProject() => $"p{Guid.NewGuid():N}"[..12];

    // Six logs on four days, and one on the day before those.
    private async Task FillAsync(string project)
    {
        await AddRulesAsync(project);
        await SendAsync($$""" "id":"{{project}}-z","project":"{{project}}","output":"long ago","model":"gpt","latencyMs":9000,"costUsd":9,"timestamp":"2026-01-31T23:59:59Z" """);
        await SendAsync($$""" "id":"{{project}}-a","project":"{{project}}","output":"hello","model":"gpt","latencyMs":100,"costUsd":0.1,"timestamp":"2026-02-01T00:00:00Z" """);
        await SendAsync($$""" "id":"{{project}}-b","project":"{{project}}","output":"a discount","model":"gpt","latencyMs":300,"costUsd":0.2,"timestamp":"2026-02-02T12:00:00Z" """);
        await SendAsync($$""" "id":"{{project}}-c","project":"{{project}}","output":"hello","model":"gpt","latencyMs":100,"costUsd":0.1,"timestamp":"2026-02-03T00:00:00Z" """);
        await SendAsync($$""" "id":"{{project}}-d","project":"{{project}}","output":"discount and refund","model":"GPT","latencyMs":200,"costUsd":0.2,"timestamp":"2026-02-03T23:59:59Z" """);
        await SendAsync($$""" "id":"{{project}}-e","project":"{{project}}","output":"hello","timestamp":"2026-02-04T01:00:00+02:00" """);
        await SendAsync($$""" "id":"{{project}}-f","project":"{{project}}","output":"a discount","model":"claude","latencyMs":1000,"costUsd":1.5,"timestamp":"2026-02-04T12:00:00Z" """);
    }

    private async Task<string[]> AddRulesAsync(string project) =>
    [
        (await Http.PostJsonAsync("/api/rules", $$"""{"name":"Discounts","type":"keyword_forbidden","value":"discount","projectName":"{{project}}"}""")).Id,
        (await Http.PostJsonAsync("/api/rules", $$"""{"name":"Refunds","type":"keyword_forbidden","value":"refund","projectName":"{{project}}"}""")).Id,
    ];

    private async Task SendAsync(string fields) => (await Http.PostJsonAsync("/api/logs", $"{{{fields}}}")).Status.ShouldBeOneOf(200, 202);

    private async Task DecideAsync(string id, string decision) =>
        (await Http.PatchJsonAsync($"/api/logs/{id}/decision", $$"""{"decision":"{{decision}}"}""")).Status.ShouldBe(200);

    private async Task BulkAsync(string action, params string[] ids) =>
        (await Http.PatchJsonAsync("/api/logs/bulk", $$"""{"action":"{{action}}","ids":["{{string.Join("\",\"", ids)}}"]}"""))["count"].ShouldBe($"{ids.Length}");

    private async Task<JsonElement> StatsAsync(string query)
    {
        Answer answer = await Http.GetJsonAsync($"/api/stats?{query}");
        answer.Status.ShouldBe(200);
        return answer.Body;
    }

    private static string CountsOf(JsonElement counts) =>
        $"{Text(counts, "logs")} logs, {Text(counts, "pass")} pass, {Text(counts, "flagged")} flagged, {Text(counts, "error")} error, {Text(counts, "pending")} pending, {Text(counts, "passRate")}%";

    private static string MeasuresOf(JsonElement measures) =>
        $"{Text(measures, "timed")} timed, {Text(measures, "meanLatencyMs")} ms, {Text(measures, "priced")} priced, ${Text(measures, "costUsd")}";

    private static string PointsOf(JsonElement item) => string.Join(", ", item.GetProperty("days").EnumerateArray().Select(static point =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(point, "day")} {Text(point, "logs")} logs ${Text(point.GetProperty("measures"), "costUsd")}")));

    private static string[] RulesOf(JsonElement stats) => [.. stats.GetProperty("rules").EnumerateArray().Select(RuleOf)];

    private static string RuleOf(JsonElement rule) =>
        $"{Text(rule, "name")}: {Text(rule, "hits")} hits, {Text(rule, "decided")} decided, {Text(rule, "confirmed")} confirmed, {Text(rule, "open")} open, {Text(rule, "hitsBefore")} before";

    private static string Text(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";
}
