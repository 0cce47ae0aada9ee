using System.Globalization;
using System.Text.Json;

namespace Tracira;

/// <summary>A log that ended in error because its judge could not be asked, and when that is asked again.</summary>
/// <param name="WorkspaceId">The log's workspace.</param>
/// <param name="LogId">The log.</param>
/// <param name="FailedAt">When the judge was first asked in vain.</param>
/// <param name="Attempts">How often it was asked again since.</param>
/// <param name="DueAt">When it is asked next.</param>
/// <param name="Places">The places of the unanswered rules among the log's applied ones.</param>
internal sealed record JudgeRetry(
    string WorkspaceId, string LogId, DateTimeOffset FailedAt, int Attempts, DateTimeOffset DueAt, IReadOnlyList<int> Places)
{
    public const string Kind = "judge-retries";

    /// <summary>The records belong to no workspace, so that all of them are found at a start.</summary>
    public const string NoWorkspace = "";

    private string RecordId => $"{WorkspaceId}/{LogId}";

    /// <summary>Reads what <see cref="ToRecord"/> wrote.</summary>
    public static JudgeRetry Read(Record record)
    {
        using var document = JsonDocument.Parse(record.Json);
        JsonElement root = document.RootElement;
        int between = record.Id.LastIndexOf('/'); // an id of a log has none
        return new JudgeRetry(
            record.Id[..between],
            record.Id[(between + 1)..],
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("failedAt").GetInt64()),
            root.GetProperty("attempts").GetInt32(),
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("dueAt").GetInt64()),
            [.. root.GetProperty("places").EnumerateArray().Select(static place => place.GetInt32())]);
    }

    public RecordWrite ToRecord() => new(Kind, NoWorkspace, RecordId, string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"failedAt":{{FailedAt.ToUnixTimeMilliseconds()}},"attempts":{{Attempts}},"dueAt":{{DueAt.ToUnixTimeMilliseconds()}},"places":[{{string.Join(',', Places)}}]}"""));

    /// <summary>The write that ends it.</summary>
    public RecordWrite ToRemoval() => new(Kind, NoWorkspace, RecordId, Json: null);

    /// <summary>The rules that wait for an answer, as the log is now: none where it went away, or has found its verdict or its person.</summary>
    public IReadOnlyList<int> PlacesIn(Log? log) => log is { Status: LogStatus.Error, Decision: null }
        ? [.. Places.Where(place => place < log.AppliedRules.Count && log.AppliedRules[place] is { Outcome: RuleOutcomeKind.Error, Rule.Type: RuleType.LlmJudge })]
        : [];
}
