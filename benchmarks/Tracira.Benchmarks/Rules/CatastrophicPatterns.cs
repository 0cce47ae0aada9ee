using System.Text.Json;

namespace Tracira.Benchmarks;

/// <summary>Twenty patterns known from reports of denial of service, each with the text that makes backtracking engines run for ages.</summary>
internal static class CatastrophicPatterns
{
    private const int Length = 50_000;

    private static readonly (string Pattern, string Text)[] Cases =
    [
        ("^(a+)+$", Of("a", "!")),
        ("^(a*)*$", Of("a", "!")),
        ("^(a|aa)+$", Of("a", "!")),
        ("^(a|a?)+$", Of("a", "!")),
        ("^(.*a){12}$", Of("a", "!")),
        ("(.*)*=.*", Of("x", "")),
        ("(?:.*=.*){3}#", Of("x=", "")),
        (@"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$", Of("a", "!")),
        (@"^(([a-z])+.)+[A-Z]([a-z])+$", Of("a", "")),
        (@"\s+$", Of(" ", "x")),
        (@"^\s*(\S+\s*)*:$", Of("ab ", "")),
        (@"(\w+\s?)+\?$", Of("word ", "!")),
        (@"^(\w+\.?)+@x$", Of("a", "")),
        (@"^(?:[^""\\]+|\\.)*""$", Of("a", "")),
        ("<(?:[^<>]+)*>", "<" + Of("a", "")),
        (@"\d*\d*\d*x", Of("1", "")),
        (@"^(\d+,?)+;$", Of("1", "")),
        (@"(?:x+x+)+y", Of("x", "")),
        (@"(?=(a+)+b)a", Of("a", "")),
        (@"(a+)+\1b", Of("a", "")),
    ];

    /// <summary>Evaluates each and tells how long the longest evaluation took, dearest first.</summary>
    public static string Run()
    {
        List<(string Pattern, double Milliseconds, LogStatus Status)> results = [];
        foreach ((string pattern, string text) in Cases)
        {
            var rules = RuleSet.Compile([new Rule("r", RuleType.RegexMatch, $"{{\"pattern\":{JsonSerializer.Serialize(pattern)},\"expect\":\"no_match\"}}")]);
            rules.Evaluate(text); // warms up: the runtime compiles what it has not run so far
            double worst = 0;
            LogStatus status = default;
            for (int i = 0; i < 3; i++)
            {
                long start = System.Diagnostics.Stopwatch.GetTimestamp();
                status = rules.Evaluate(text).Status;
                worst = Math.Max(worst, System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            results.Add((pattern, worst, status));
        }

        IEnumerable<string> lines = results.OrderByDescending(static result => result.Milliseconds).Select(static result =>
            FormattableString.Invariant($"| {result.Milliseconds:N1} ms | {result.Status} | `{result.Pattern.Replace("|", "\\|", StringComparison.Ordinal)}` |"));
        return string.Join(Environment.NewLine, ["| longest of 3 on 50 KB, warm | verdict | pattern |", "|---:|---|---|", .. lines]);
    }

    private static string Of(string repeated, string end) =>
        string.Concat(Enumerable.Repeat(repeated, (Length - end.Length) / repeated.Length)) + end;
}
