using Tracira.Server.Backtesting;

namespace Tracira.Server.Api;

/// <summary>A draft rule to run over stored logs, and which of them.</summary>
internal sealed record BacktestBody(RuleBody Rule)
{
    /// <summary>How far back: <c>30d</c>, <c>12h</c>, <c>2w</c>. Either this or <see cref="From"/>.</summary>
    public string? Since { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public string? Project { get; init; }

    public string? Task { get; init; }

    /// <summary>How many flagged logs to show: 0 to 100; 20 unless given.</summary>
    public int? Examples { get; init; }
}

/// <summary>What the rule would have said.</summary>
internal sealed record BacktestAnswer
{
    public required int Evaluated { get; init; }

    public required int Flagged { get; init; }

    public required int Errors { get; init; }

    public required int Skipped { get; init; }

    /// <summary>Whether there were more logs than could be evaluated in time: the numbers are then about the oldest ones.</summary>
    public required bool Cut { get; init; }

    public required BacktestThen Then { get; init; }

    public required BacktestPeople People { get; init; }

    public required IReadOnlyList<BacktestItem> Examples { get; init; }

    public static BacktestAnswer Of(Backtest test, bool cut) => new()
    {
        Evaluated = test.Evaluated,
        Flagged = test.Flagged,
        Errors = test.Errors,
        Skipped = test.Skipped,
        Cut = cut,
        Then = new BacktestThen(test.NewlyFlagged, test.StillFlagged, test.FlaggedByOthersOnly),
        People = new BacktestPeople(test.RightlyFlagged, test.FalseAlarms, test.Missed, test.RightlyPassed)
        {
            Precision = test.Precision,
            Recall = test.Recall,
        },
        Examples = [.. test.Examples.Select(BacktestItem.Of)],
    };
}

/// <summary>How that differs from what the logs got then.</summary>
internal sealed record BacktestThen(int NewlyFlagged, int StillFlagged, int FlaggedByOthersOnly);

/// <summary>How that differs from what people decided.</summary>
internal sealed record BacktestPeople(int RightlyFlagged, int FalseAlarms, int Missed, int RightlyPassed)
{
    public double? Precision { get; init; }

    public double? Recall { get; init; }
}

/// <summary>A log that the rule flags.</summary>
internal sealed record BacktestItem(string Id, DateTimeOffset Timestamp, string ProjectName, string Status)
{
    public string? TaskName { get; init; }

    public string? HumanDecision { get; init; }

    public string? Reason { get; init; }

    public IReadOnlyList<MatchItem>? Matches { get; init; }

    public static BacktestItem Of(BacktestExample example) =>
        new(example.Log.Id, example.Log.Timestamp, example.Log.ProjectName, WireNames.Status[example.Log.Status])
        {
            TaskName = example.Log.TaskName,
            HumanDecision = example.Log.Decision is { } decision ? WireNames.Decision[decision.Kind] : null,
            Reason = example.Applied.Reason,
            Matches = example.Applied.Matches.Count == 0 ? null : [.. example.Applied.Matches.Select(static match => new MatchItem(match.Start, match.Length))],
        };
}
