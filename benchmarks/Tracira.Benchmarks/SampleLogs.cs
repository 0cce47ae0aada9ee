using System.Text;

namespace Tracira.Benchmarks;

/// <summary>Logs as a busy workspace has them: about 1.2 KB, mostly in the order of time. The same seed makes the same logs.</summary>
internal sealed class SampleLogs(int seed)
{
    private static readonly string[] Projects = [.. Enumerable.Range(1, 12).Select(static i => $"project-{i}")];
    private static readonly string[] Tasks = [.. Enumerable.Range(1, 30).Select(static i => $"task-{i}")];
    private static readonly string[] Models = ["gpt-4o", "gpt-4o-mini", "claude-3-5-sonnet", "gemini-2.5-pro", "mistral-large", "llama-3.3-70b"];
    private static readonly string[] Tags = ["email", "chat", "vip", "eu", "us", "beta"];
    private static readonly string[] Words = "the parcel left our warehouse this morning and arrives on Thursday you can follow it with link in message please".Split(' ');
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A customer that every hundredth log is about.</summary>
    public const string FrequentCustomer = "customer-vip";

    /// <summary>A word in the output of every 5,000th log.</summary>
    public const string RareWord = "reimbursement";

    private readonly Random _random = new(seed);
    private long _number;

    /// <summary>Resolves every project and task beforehand.</summary>
    public static async Task<Placement[]> PlacesAsync(ITraciraStore store)
    {
        List<Placement> places = [];
        foreach (string task in Tasks)
            places.Add(await store.Projects.ResolveAsync("default", Projects[places.Count % Projects.Length], task));
        return [.. places];
    }

    /// <summary>The next log.</summary>
    public Log Next(Placement[] places)
    {
        long number = _number++;
        Placement place = places[_random.Next(places.Length)];
        DateTimeOffset time = Start.AddSeconds((number * 7) + _random.Next(60));
        int fate = _random.Next(100);
        LogStatus status = fate < 85 ? LogStatus.Pass : fate < 95 ? LogStatus.Flagged : fate < 98 ? LogStatus.Error : LogStatus.Pending;
        return new Log
        {
            Id = Guid.CreateVersion7(time).ToString(),
            WorkspaceId = "default",
            ProjectId = place.Project.Id,
            ProjectName = place.Project.Name,
            TaskName = place.TaskName,
            Timestamp = time,
            CreatedAt = time,
            Status = status,
            Output = number % 5_000 == 0 ? RareWord + ' ' + Text(800) : Text(800),
            Input = Text(150),
            Model = Models[_random.Next(Models.Length)],
            LatencyMs = _random.Next(200, 9000),
            CostUsd = _random.Next(1, 900) / 10_000.0,
            Confidence = _random.NextDouble(),
            SessionId = $"session-{number / 5}",
            SubjectId = _random.Next(100) == 0 ? FrequentCustomer : $"customer-{_random.Next(20_000)}",
            ActorId = $"agent-{_random.Next(40)}",
            Tags = _random.Next(2) == 0 ? [Tags[_random.Next(Tags.Length)]] : [Tags[_random.Next(3)], Tags[3 + _random.Next(3)]],
            Metadata = $$"""{"run":{{number}}}""",
            ConfidenceScore = 1,
            Explanation = "All 20 rules passed.",
        };
    }

    private string Text(int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length)
            text.Append(Words[_random.Next(Words.Length)]).Append(' ');
        return text.ToString();
    }
}
