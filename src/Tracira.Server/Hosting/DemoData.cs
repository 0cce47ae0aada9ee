namespace Tracira.Server.Hosting;

/// <summary>Fills a new workspace with rules of every deterministic kind and with outputs of the last days that they have something to say about.</summary>
internal sealed class DemoData(ITraciraStore store, RuleCatalog catalog, LogPipeline pipeline, TimeProvider time)
{
    private const string Support = "support-replies";
    private const string Product = "product-copy";
    private const string Invoices = "invoice-extraction";

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (DemoRule demo in Rules)
        {
            Rule rule = demo.Rule with { Id = Guid.CreateVersion7(now).ToString(), Revision = 1, CreatedAt = now };
            if (demo.Project is not null)
            {
                Placement placement = await store.Projects
                    .ResolveAsync(Workspace.DefaultId, demo.Project, null, cancellationToken).ConfigureAwait(false);
                rule = rule with { ProjectId = placement.Project.Id, ProjectName = placement.Project.Name };
            }

            await catalog.SaveAsync(Workspace.DefaultId, rule, cancellationToken).ConfigureAwait(false);
        }

        for (int i = 0; i < DemoLogs.All.Count; i++)
        {
            LogSubmission log = DemoLogs.All[i] with { Timestamp = now - (TimeSpan.FromMinutes(137) * (DemoLogs.All.Count - i)) };
            await pipeline.SubmitAsync(log, cancellationToken).ConfigureAwait(false);
        }
    }

    private static readonly DemoRule[] Rules =
    [
        new(null, new Rule("No discount promises", RuleType.KeywordForbidden, "% off, discount, free of charge, refund guaranteed")
        {
            Description = "Prices are decided by people.",
        }),
        new(null, new Rule("No e-mail addresses", RuleType.RegexMatch, """{"pattern":"[\\w.+-]+@[\\w-]+\\.[\\w.]+","expect":"no_match"}""")
        {
            Description = "Personal data must not leave in an answer.",
        }),
        new(null, new Rule("Sure enough", RuleType.ConfidenceThreshold, "0.7") { Description = "Below 70 % a person looks." }),
        new(Support, new Rule("Signed by the team", RuleType.KeywordRequired, "Your support team")),
        new(Support, new Rule("Neither curt nor endless", RuleType.LengthLimit, "10-120 words")),
        new(Product, new Rule("No competitor names", RuleType.KeywordForbidden, """{"keywords":["Acme","Globex","Initech"],"wholeWord":true}""")),
        new(Invoices, new Rule("Total is plausible", RuleType.JsonField, "total in 0.01..10000") { Description = "Larger invoices go to a person." }),
        new(Invoices, new Rule("No test data", RuleType.JsonFieldKeywordForbidden, "customer: test, dummy, lorem")),
    ];

    private sealed record DemoRule(string? Project, Rule Rule);
}
