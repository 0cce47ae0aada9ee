using System.CommandLine;
using System.Globalization;
using Tracira.Server.Api;

namespace Tracira.Server.Cli;

/// <summary><c>tracira bench</c>: how fast rules are on outputs of the user's own, and which of them are dear.</summary>
internal static class BenchCommand
{
    private const int Dearest = 10;

    public static Command Create()
    {
        var rules = new Option<string>("--rules") { Description = "A JSON array of rules, as `tracira rules export` writes it", HelpName = "FILE", Required = true };
        var corpus = new Option<string>("--corpus")
        {
            Description = "Outputs, as `tracira export` writes them: a JSON object with output a line",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command("bench", "Measure rules from a file on outputs from a file, on one thread, without a server") { rules, corpus };
        command.Runs(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<(Rule Rule, RuleBody Body)> file = await RuleFile.ReadAsync(parsed.GetValue(rules)!, cancellationToken).ConfigureAwait(false);
            Rule[] active = [.. file.Select(static entry => entry.Rule).Where(static rule => rule.IsActive)];
            Rule[] measured = [.. active.Where(static rule => rule.Type != RuleType.LlmJudge)];
            if (measured.Length == 0)
                throw new CommandException("There is no active rule in the file that can be measured: a judge is asked elsewhere.");
            BenchCorpus outputs = await BenchCorpus.ReadAsync(parsed.GetValue(corpus)!, cancellationToken).ConfigureAwait(false);
            Measure(measured, active.Length - measured.Length, outputs, cancellationToken);
            return 0;
        });
        return command;
    }

    private static void Measure(Rule[] rules, int judges, BenchCorpus corpus, CancellationToken cancellationToken)
    {
        var progress = new ProgressBar(rules.Length + 1);
        BenchResult all = BenchTimer.Measure(rules, corpus, cancellationToken);
        progress.Advance();
        List<(Rule Rule, BenchResult Result)> alone = [];
        foreach (Rule rule in rules)
        {
            alone.Add((rule, BenchTimer.Measure([rule], corpus, cancellationToken)));
            progress.Advance();
        }

        progress.Clear();
        CultureInfo culture = CultureInfo.InvariantCulture;
        TextWriter output = Console.Out;
        output.WriteLine(string.Create(culture, $"{corpus.Outputs.Count:N0} outputs, {corpus.Bytes / 1e6:N1} MB of UTF-8; {rules.Length:N0} rules"));
        if (judges > 0)
            output.WriteLine(string.Create(culture, $"{judges:N0} judge rules left out: a judge is asked elsewhere."));
        output.WriteLine(string.Create(culture, $"{corpus.Outputs.Count / all.Seconds:N0} outputs/s, {corpus.Bytes / all.Seconds / 1e6:N1} MB/s, {all.Flagged:N0} flagged"));
        output.WriteLine();
        output.WriteLine("The dearest rules, each by itself:");
        foreach ((Rule rule, BenchResult result) in alone.OrderByDescending(static entry => entry.Result.Seconds).Take(Dearest))
        {
            double microseconds = result.Seconds / corpus.Outputs.Count * 1e6;
            output.WriteLine(string.Create(culture, $"  {microseconds,10:N2} µs/output  {result.Flagged,8:N0} flagged  {RuleTypeNames.NameOf(rule.Type)}  {rule.Name}"));
        }
    }
}
