using Tracira.Server.Auth;
using Tracira.Server.Statistics;

namespace Tracira.Server.Api;

/// <summary>Numbers over time. Volume and pass rate come from the store's counters, whatever the range; only what rules flagged is read.</summary>
internal sealed class StatsEndpoints(ITraciraStore store, FlagTallies tallies, TimeProvider time)
{
    private const int MaxDays = 731;
    private const int UsualDays = 30;

    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/stats", Show)
            .Requires(Permissions.Read)
            .Describe("getStats", "Statistics", "How the workspace fares over some days, beside as many before")
            .TakesQuery(
                ("from", "ISO 8601: the first day, in UTC"),
                ("to", "ISO 8601: the last day, inclusive; today unless given"),
                ("days", $"instead of from: how many days, 1 to {MaxDays}; {UsualDays} unless given"),
                ("project", "project name, in any case"))
            .Returns<StatsAnswer>(200)
            .Fails(400, 401, 403);
        api.MapGet("/rules/stats", ShowRules)
            .Requires(Permissions.Read)
            .Describe("getRuleStats", "Statistics", "How often each rule flagged lately, and how often people agreed")
            .TakesQuery(("days", $"1 to {MaxDays}; 7 unless given"))
            .Returns<RuleStatsAnswer>(200)
            .Fails(400, 401, 403);
    }

    private async Task Show(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        List<FieldError> errors = [];
        var query = new QueryReader(http.Request.Query, errors);
        DateOnly last = query.Time("to") is { } to ? DateOnly.FromDateTime(to.UtcDateTime) : Today;
        int days = query.Whole("days", UsualDays, MaxDays);
        if (query.Time("from") is { } from)
            days = last.DayNumber - DateOnly.FromDateTime(from.UtcDateTime).DayNumber + 1;
        if (days is < 1 or > MaxDays)
            query.Fault("from", $"must be at most {MaxDays} days before the last day, and not behind it");
        string? project = query.Text("project");
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        DateOnly first = last.AddDays(1 - days);
        DateOnly before = first.AddDays(-days);
        IReadOnlyList<Project> projects = await store.Projects.ListAsync(workspaceId, http.RequestAborted).ConfigureAwait(false);
        Dictionary<string, string> names = projects
            .Where(known => project is null || string.Equals(known.Name, project, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(static known => known.Id, static known => known.Name);
        LogCounter[] counters =
        [
            .. (await store.Logs.CountAsync(workspaceId, http.RequestAborted).ConfigureAwait(false))
                .Where(counter => counter.Day >= before && counter.Day <= last && names.ContainsKey(counter.ProjectId)),
        ];
        ILookup<bool, LogCounter> isNow = counters.ToLookup(counter => counter.Day >= first);
        ILookup<DateOnly, LogCounter> byDay = isNow[true].ToLookup(static counter => counter.Day);
        FlagTally tally = await tallies.CountAsync(workspaceId, project, StartOf(first), StartOf(last.AddDays(1))).ConfigureAwait(false);
        FlagTally tallyBefore = await tallies.CountAsync(workspaceId, project, StartOf(before), StartOf(first)).ConfigureAwait(false);
        var open = new LogQuery(workspaceId) { AwaitingReview = true, Project = project, Descending = false, Limit = 1 };
        LogPage waiting = await store.Logs.ListAsync(open, http.RequestAborted).ConfigureAwait(false);
        var answer = new StatsAnswer
        {
            From = first,
            To = last,
            Total = StatsCounts.Of(isNow[true]),
            Before = StatsCounts.Of(isNow[false]),
            Days = [.. Enumerable.Range(0, days).Select(first.AddDays).Select(day => new StatsDay(day, StatsCounts.Of(byDay[day])))],
            Projects =
            [
                .. isNow[true].GroupBy(static counter => counter.ProjectId)
                    .Select(group => new StatsProject(
                        group.Key,
                        names[group.Key],
                        StatsCounts.Of(group),
                        StatsCounts.Of(isNow[false].Where(counter => counter.ProjectId == group.Key))))
                    .OrderByDescending(static known => known.Counts.Logs),
            ],
            Rules = [.. tally.Rules.Select(RuleStatsItem.Of)],
            HeldBack = tally.HeldBack,
            HeldBackBefore = tallyBefore.HeldBack,
            Cut = tally.IsCut || tallyBefore.IsCut,
            OpenReviews = waiting.Total,
            OldestOpenReview = waiting.Logs is [var oldest, ..] ? oldest.Log.Timestamp : null,
        };
        await Answers.Json(http, 200, answer, ApiJson.Wire.StatsAnswer).ConfigureAwait(false);
    }

    private async Task ShowRules(HttpContext http)
    {
        List<FieldError> errors = [];
        int days = new QueryReader(http.Request.Query, errors).Whole("days", 7, MaxDays);
        if (errors.Count > 0)
        {
            await Answers.Invalid(http, errors).ConfigureAwait(false);
            return;
        }

        FlagTally tally = await tallies
            .CountAsync(Caller.Of(http).Workspace.Id, null, StartOf(Today.AddDays(1 - days)), StartOf(Today.AddDays(1))).ConfigureAwait(false);
        var answer = new RuleStatsAnswer(days, [.. tally.Rules.Select(RuleStatsItem.Of)], tally.IsCut);
        await Answers.Json(http, 200, answer, ApiJson.Wire.RuleStatsAnswer).ConfigureAwait(false);
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private static DateTimeOffset StartOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
