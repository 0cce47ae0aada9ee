using System.Globalization;
using Tracira.Server.Auth;
using Tracira.Server.Backtesting;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>A draft rule over the logs that are stored already: what it would have flagged.</summary>
internal sealed class BacktestEndpoint(ITraciraStore store, ProjectDirectory projects, RateLimits limits, ServerOptions options, TimeProvider time)
{
    private const int MaxLogs = 1_000_000;
    private const int MaxExamples = 100;
    private const int UsualExamples = 20;
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/rules/backtest", Run)
            .Requires(Permissions.Manage)
            .Describe("backtestRule", "Rules", "Run a draft rule over stored logs and tell what it would have flagged")
            .Takes<BacktestBody>()
            .Returns<BacktestAnswer>(200)
            .Fails(400, 401, 403, 413, 415, 429, 503);

    private async Task Run(HttpContext http)
    {
        string workspaceId = Caller.Of(http).Workspace.Id;
        if (!await limits.TryTakeEvaluationAsync(http, workspaceId).ConfigureAwait(false))
            return;
        using RequestJson? body = await RequestJson.ReadAsync(http, options.BodyBytes).ConfigureAwait(false);
        if (body is null)
            return;
        var fields = new FieldReader(body.Root, []);
        Rule? rule = fields.Object("rule") is { } draft ? RuleReader.Read(draft, new Rule("Rule", default, "")) : null;
        if (rule?.Type == RuleType.LlmJudge && fields.Errors.Count == 0)
            fields.Fault("rule.type", "must not be llm_judge: asking a model about every stored log costs money and time");
        string? scope = rule is null ? null : await ScopeAsync(workspaceId, fields, rule).ConfigureAwait(false);
        int examples = fields.Whole("examples") ?? UsualExamples;
        if (examples is < 0 or > MaxExamples)
            fields.Fault("examples", $"must be a whole number from 0 to {MaxExamples}");
        var query = new LogQuery(workspaceId)
        {
            Project = fields.FilledText("project") ?? scope,
            Task = fields.FilledText("task") ?? rule?.TaskName,
            From = From(fields),
            To = fields.Time("to"),
        };
        if (fields.Errors.Count > 0)
        {
            await Answers.Invalid(http, fields.Errors).ConfigureAwait(false);
            return;
        }

        var test = new Backtest(rule!, examples, time);
        bool cut = await RunAsync(test, query, http.RequestAborted).ConfigureAwait(false);
        await Answers.Json(http, 200, BacktestAnswer.Of(test, cut), ApiJson.Wire.BacktestAnswer).ConfigureAwait(false);
    }

    // The name of the project that the draft is limited to.
    private async ValueTask<string?> ScopeAsync(string workspaceId, FieldReader fields, Rule rule)
    {
        if (rule.ProjectId is null)
            return rule.ProjectName;
        string? name = (await projects.FindAsync(workspaceId, rule.ProjectId).ConfigureAwait(false))?.Name;
        if (name is null)
            fields.Fault("rule.projectId", "is not the id of a project in this workspace");
        return name;
    }

    // Whether there would have been more. A pending log has not been judged yet, but its output is there like any other.
    private async Task<bool> RunAsync(Backtest test, LogQuery query, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        await foreach (Log log in store.Logs.ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            if (test.Evaluated == MaxLogs || time.GetElapsedTime(start) > MaxTime)
                return true;
            test.Add(log);
        }

        return false;
    }

    private DateTimeOffset? From(FieldReader fields)
    {
        DateTimeOffset? from = fields.Time("from");
        if (fields.FilledText("since") is not { } since)
            return from;
        if (from is not null)
            fields.Fault("since", "or from, only one of the two, may be given");
        if (TryReadSpan(since.Trim(), out TimeSpan span))
            return time.GetUtcNow() - span;
        fields.Fault("since", "must be a whole number of minutes, hours, days or weeks, such as 90m, 12h, 30d or 2w");
        return null;
    }

    private static bool TryReadSpan(string text, out TimeSpan span)
    {
        const int MaxMinutes = 10 * 366 * 24 * 60;
        span = default;
        if (text.Length < 2 || !int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out int amount))
            return false;
        int minutes = text[^1] switch { 'm' => 1, 'h' => 60, 'd' => 24 * 60, 'w' => 7 * 24 * 60, _ => 0 };
        span = TimeSpan.FromMinutes(Math.Min((long)amount * minutes, MaxMinutes));
        return minutes > 0 && amount > 0;
    }
}
