using Tracira.Server.Auth;
using Tracira.Server.Settings;
using Tracira.Server.Statistics;

namespace Tracira.Server.Api;

/// <summary>Numbers over time.</summary>
internal sealed class StatsEndpoints(StatsReader stats, SettingsDirectory settings, TimeProvider time)
{
    private const int UsualDays = 30;
    private const int UsualRuleDays = 7;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/stats", Show)
            .Requires(Permissions.Read)
            .Describe("getStats", "Statistics", "How the workspace fares over some days, beside as many before")
            .TakesQuery(
                ("from", "ISO 8601: the first day, in UTC"),
                ("to", "ISO 8601: the last day, inclusive; today unless given"),
                ("days", $"instead of from: how many days, 1 to {StatsRange.MaxDays}; {UsualDays} unless given"),
                ("project", "project name, in any case"))
            .Returns<StatsAnswer>(200)
            .Fails(400, 401, 403);
        api.MapGet("/rules/stats", ShowRules)
            .Requires(Permissions.Read)
            .Describe("getRuleStats", "Statistics", "How often each rule flagged lately, and how often people agreed")
            .TakesQuery(("days", $"1 to {StatsRange.MaxDays}; {UsualRuleDays} unless given"))
            .Returns<RuleStatsAnswer>(200)
            .Fails(400, 401, 403);
    }

    private async Task Show(HttpContext http)
    {
        List<FieldError> errors = [];
        var query = new QueryReader(http.Request.Query, errors);
        var range = StatsRange.Read(query, Today, UsualDays);
        string? project = query.Text("project");
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        string workspaceId = Caller.Of(http).Workspace.Id;
        WorkspaceSettings known = await settings.GetAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        StatsAnswer answer = await stats
            .ReadAsync(workspaceId, project, range, known.EstimatedIncidentCostUsd, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, answer, ApiJson.Wire.StatsAnswer).ConfigureAwait(false);
    }

    private async Task ShowRules(HttpContext http)
    {
        List<FieldError> errors = [];
        int days = new QueryReader(http.Request.Query, errors).Whole("days", UsualRuleDays, StatsRange.MaxDays);
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        var range = new StatsRange(Today.AddDays(1 - days), Today);
        IReadOnlyList<RuleStatsItem> rules = await stats
            .ReadRulesAsync(Caller.Of(http).Workspace.Id, range, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, new RuleStatsAnswer(days, rules), ApiJson.Wire.RuleStatsAnswer).ConfigureAwait(false);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
