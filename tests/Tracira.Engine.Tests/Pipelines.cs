namespace Tracira.Engine.Tests;

/// <summary>A pipeline over a store in memory, with judges that speak when the test lets them, or as it says.</summary>
internal sealed class Pipelines : IAsyncDisposable
{
    private readonly RuleCatalog _rules;
    private readonly HeldJudge _judge = new();

    public Pipelines(ITraciraStore? store = null, IJudge? judge = null, TimeProvider? time = null, PipelineOptions? options = null)
    {
        Store = store ?? new InMemoryStore();
        _rules = new RuleCatalog(Store);
        Pipeline = new LogPipeline(Store, _rules, judge ?? _judge, options, time);
        Reviews = new LogReviews(Store, time);
    }

    public ITraciraStore Store { get; }

    public LogPipeline Pipeline { get; }

    public LogReviews Reviews { get; }

    /// <summary>Lets every judge pass what it is asked.</summary>
    public void Judge() => _judge.Spoken.TrySetResult();

    public async Task AddRuleAsync(RuleType type, string value, string name = "rule") =>
        await _rules.SaveAsync(Workspace.DefaultId, new Rule(name, type, value) { Id = Guid.NewGuid().ToString(), Revision = 1 });

    public async Task<Log> FindAsync(string id) => (await Store.Logs.FindAsync(Workspace.DefaultId, id))!;

    public async Task<OutboxMessage[]> MessagesAsync()
    {
        List<OutboxMessage> all = [];
        await foreach (OutboxMessage message in Store.Outbox.ReadAsync())
            all.Add(message);
        return [.. all];
    }

    public async ValueTask DisposeAsync()
    {
        await Pipeline.DisposeAsync();
        _rules.Dispose();
        await Store.DisposeAsync();
    }

    private sealed class HeldJudge : IJudge
    {
        public TaskCompletionSource Spoken { get; } = new();

        public async ValueTask<Judgement> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken)
        {
            await Spoken.Task.WaitAsync(cancellationToken);
            return new Judgement(RuleOutcomeKind.Passed, 0.9, null);
        }
    }
}
