using System.CommandLine;
using BenchmarkDotNet.Running;
using Tracira.Benchmarks;

var folder = new Option<DirectoryInfo?>("--dir") { Description = "Folder for the data; a temporary one that is deleted unless given" };
var rounds = new Option<int>("--rounds") { Description = "How often each side is measured", DefaultValueFactory = static _ => 5 };
var seconds = new Option<double>("--seconds") { Description = "How long a round takes", DefaultValueFactory = static _ => 3 };
var logs = new Option<int[]>("--logs") { Description = "How many logs", DefaultValueFactory = static _ => [10_000, 1_000_000], AllowMultipleArgumentsPerToken = true };
var gigabytes = new Option<double>("--gb") { Description = "How much data there is before", DefaultValueFactory = static _ => 5 };

var insert = new Command("insert", "Durable inserts a second, one by one and in groups, beside SQLite") { folder, rounds, seconds };
insert.SetAction((parsed, _) => InsertBenchmark.RunAsync(parsed.GetValue(folder), parsed.GetValue(rounds), parsed.GetValue(seconds)));
var grow = new Command("grow", "Inserts a second into an empty folder and into one with data") { folder, gigabytes, seconds };
grow.SetAction((parsed, _) => GrowBenchmark.RunAsync(parsed.GetValue(folder), parsed.GetValue(gigabytes), parsed.GetValue(seconds)));
var list = new Command("list", "A page of 50 with every filter and sort, at several sizes") { folder, logs };
list.SetAction((parsed, _) => ListBenchmark.RunAsync(parsed.GetValue(folder), parsed.GetValue(logs)!));
var fill = new Command("fill", "Fills a folder with logs, as for eng/bench-start.sh") { folder, logs };
fill.SetAction((parsed, _) => ListBenchmark.FillAsync(parsed.GetValue(folder)!.FullName, parsed.GetValue(logs)![0]));

var only = new Option<string?>("--only") { Description = "Part of the names of the rows to run: keywords, regex, json, 10000, rare …" };
var columns = new Option<string[]>("--columns") { Description = "Parts of the contenders' names: Tracira, Hyperscan …", AllowMultipleArgumentsPerToken = true };
var anchors = new Option<FileInfo?>("--anchors") { Description = "The program of benchmarks/anchors" };
var turns = new Option<int>("--rounds") { Description = "How often each contender is measured in a row", DefaultValueFactory = static _ => 3 };
var cell = new Option<double>("--seconds") { Description = "How long a round takes", DefaultValueFactory = static _ => 0.3 };
var write = new Option<FileInfo?>("--write") { Description = "A file of markdown to put the tables into, in place of those it has" };
var rules = new Command("rules", "MB of text a second, beside other engines; eng/bench.sh runs it") { only, columns, anchors, turns, cell, write };
rules.SetAction(parsed =>
{
    var options = new RuleBenchmarkOptions(
        parsed.GetValue(only), parsed.GetValue(columns) ?? [], parsed.GetValue(anchors), parsed.GetValue(turns), parsed.GetValue(cell));
    foreach ((RowKind kind, string text) in RuleBenchmark.Run(options))
    {
        Console.WriteLine($"{text}{Environment.NewLine}");
        if (parsed.GetValue(write) is { } file)
            MarkedText.Replace(file.FullName, $"{kind} rules", text);
    }
});
var bdn = new Command("bdn", "The contenders inside this process under BenchmarkDotNet; takes its arguments: --filter '*'") { TreatUnmatchedTokensAsErrors = false };
bdn.SetAction(static parsed => BenchmarkSwitcher.FromTypes([typeof(RulePasses)]).Run([.. parsed.UnmatchedTokens]));

return await new RootCommand("Measures Tracira") { insert, grow, list, fill, rules, bdn }.Parse(args).InvokeAsync();
