using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The commands that measure and test rules.</summary>
public sealed class BenchCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Bench_tells_the_rate_and_the_dearest_rules()
    {
        string rules = Write("rules.json", """
            [{"name":"No discounts","type":"keyword_forbidden","value":"discount"},
             {"name":"Kind","type":"llm_judge","value":"Be kind"},
             {"name":"Off","type":"length_limit","value":"5","isActive":false}]
            """);
        string corpus = Write("logs.jsonl", """
            {"id":"1","output":"a discount"}

            {"id":"2","output":"fine","confidence":0.5}
            {"id":"3"}
            """);
        (int code, string output, string error) = await Binary.RunAsync($"bench --rules {rules} --corpus {corpus}");
        code.ShouldBe(0);
        error.ShouldBeEmpty();
        output.ShouldContain("2 outputs");
        output.ShouldContain("1 rules");
        output.ShouldContain("1 judge rules left out");
        output.ShouldContain(" outputs/s, ");
        output.ShouldContain("1 flagged  keyword_forbidden  No discounts");
        output.ShouldNotContain("Off");
    }

    [Fact]
    public async Task Bench_says_what_is_wrong_with_its_files()
    {
        string rules = Write("rules.json", """[{"name":"x","type":"length_limit","value":"5"}]""");
        (int code, _, string error) = await Binary.RunAsync($"bench --rules {rules} --corpus {Write("bad.jsonl", "{\"output\":\"x\"}\nplain text\n")}");
        code.ShouldBe(2);
        error.ShouldContain("bad.jsonl, line 2");
        (await Binary.RunAsync($"bench --rules {rules} --corpus {Write("empty.jsonl", "{}\n")}")).Error.ShouldContain("no output");
        (await Binary.RunAsync($"bench --rules {rules} --corpus {Path.Combine(_folder, "none.jsonl")}")).Error.ShouldContain("There is no file");
    }

    [Fact]
    public async Task A_draft_rule_is_tested_on_stored_logs()
    {
        string data = Path.Combine(_folder, "data");
        await using (ServerProcess server = await ServerProcess.StartAsync(data))
        {
            await server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"a discount","sync":true}""");
            await server.Http.PostJsonAsync("/api/logs", """{"project":"p","output":"fine","sync":true}""");
            (int code, string output, _) = await Binary.RunAsync(
                $"rules test {Write("rule.json", """{"name":"x","type":"keyword_forbidden","value":"discount"}""")} --since 30d --data {data}");
            code.ShouldBe(0);
            output.ShouldContain("1 of 2 logs would have been flagged.");
            output.ShouldContain("contains \"discount\"");
            string two = Write("two.json", """[{"name":"x","type":"length_limit","value":"5"},{"name":"y","type":"length_limit","value":"5"}]""");
            (await Binary.RunAsync($"rules test {two} --data {data}")).Error.ShouldContain("2 rules");
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
