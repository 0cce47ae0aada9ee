using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>The commands beside serve, and where settings come from.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Data => Path.Combine(_folder, "data");

    [Fact]
    public async Task Evaluate_tells_pass_flagged_and_error_by_its_exit_code()
    {
        string rules = Write("rules.json", """[{"name":"No discounts","type":"keyword_forbidden","value":"discount"}]""");
        (await Binary.RunAsync($"evaluate --rules {rules}", "all fine")).ExitCode.ShouldBe(0);
        (int code, string output, _) = await Binary.RunAsync($"evaluate --rules {rules} {Write("reply.txt", "a discount")}");
        code.ShouldBe(1);
        output.ShouldContain("No discounts: contains \"discount\"");
        (await Binary.RunAsync($"evaluate --rules {rules} --json -", "a discount")).Output.ShouldContain("\"status\": \"flagged\"");

        (await Binary.RunAsync($"evaluate --rules {Write("bad.json", """[{"name":"x","type":"regex_match","value":"("}]""")}", "x")).Error
            .ShouldContain("rules[0].value has a pattern that does not compile");
        (await Binary.RunAsync($"evaluate --rules {rules} {Path.Combine(_folder, "nothing.txt")}")).ExitCode.ShouldBe(2);
        (await Binary.RunAsync("evaluate", "x")).ExitCode.ShouldBe(2);
        (await Binary.RunAsync($"evaluate --rules {Write("judge.json", """[{"name":"Kind","type":"llm_judge","value":"Be kind"}]""")}", "x")).ExitCode.ShouldBe(2);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[{\"inputPerMillion\":1}]")]
    public async Task Prices_that_cannot_be_read_are_told_of_at_the_start(string prices)
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "prices.json"), prices);
        (int code, _, string error) = await Binary.RunAsync($"serve --data {Data} --urls http://127.0.0.1:0");
        code.ShouldBe(2);
        error.ShouldContain("prices.json is no list of prices such as");
    }

    [Fact]
    public async Task Rules_and_token_are_reached_whether_the_server_runs_or_not()
    {
        string rules = Write("rules.json", """
            [{"name":"Short","type":"length_limit","value":"500","projectName":"mail"},{"name":"Off","type":"length_limit","value":"5","isActive":false}]
            """);
        (await Binary.RunAsync($"rules list --data {Data}")).Error.ShouldContain("There is no Tracira data");

        await using (ServerProcess server = await ServerProcess.StartAsync(Data))
        {
            (await Binary.RunAsync($"rules import {rules} --data {Data}")).Output.ShouldContain("2 rules added, 0 changed.");
            (await server.Http.GetJsonAsync("/api/rules")).Body.GetArrayLength().ShouldBe(2);
            (await Binary.RunAsync($"token show --data {Data}")).Output.Trim().ShouldBe(ServerProcess.Token);
            string rotated = (await Binary.RunAsync($"token rotate --data {Data}")).Output.Trim();
            rotated.ShouldStartWith("wh-");
            (await server.Http.GetJsonAsync("/api/rules")).Status.ShouldBe(401);
            (await server.StopAsync()).ShouldBe(0);
        }

        (await Binary.RunAsync($"rules import {rules} --data {Data}")).Output.ShouldContain("0 rules added, 2 changed.");
        string list = (await Binary.RunAsync($"rules list --data {Data}")).Output;
        list.ShouldContain("Short");
        list.ShouldContain("mail");
        string exported = Path.Combine(_folder, "exported.json");
        (await Binary.RunAsync($"rules export {exported} --data {Data}")).ExitCode.ShouldBe(0);
        (await Binary.RunAsync($"evaluate --rules {exported}", new string('x', 501))).ExitCode.ShouldBe(1);
    }

    [Fact]
    public async Task A_flag_beats_the_environment_which_beats_the_file()
    {
        string fromFile = Path.Combine(_folder, "from-file");
        string fromEnvironment = Path.Combine(_folder, "from-environment");
        string fromFlag = Path.Combine(_folder, "from-flag");
        string config = Write("tracira.json", $$"""{ "Data": "{{fromFile}}", "RateLimit": { "LogsPerMinute": 1 } }""");
        (await Binary.RunAsync($"rules list --config {config}")).Error.ShouldContain(fromFile);
        (await Binary.RunAsync($"rules list --config {config}", null, ("TRACIRA_DATA", fromEnvironment))).Error.ShouldContain(fromEnvironment);
        (await Binary.RunAsync($"rules list --config {config} --data {fromFlag}", null, ("TRACIRA_DATA", fromEnvironment))).Error.ShouldContain(fromFlag);
        (await Binary.RunAsync("rules list", null, ("TRACIRA_DATA_FILE", Write("data.txt", fromFile + "\n")))).Error.ShouldContain(fromFile);
    }

    [Fact]
    public async Task A_setting_that_cannot_be_used_is_named_with_what_would_be_right()
    {
        (int code, _, string error) = await Binary.RunAsync($"serve --data {Data}", null, ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "many"));
        code.ShouldBe(2);
        error.ShouldContain("RateLimit:LogsPerMinute");
        error.ShouldContain("whole number");
        (await Binary.RunAsync($"serve --data {Data}", null, ("TRACIRA_WEBHOOK_TOKEN", "short"))).Error.ShouldContain("must start with wh-");
        (await Binary.RunAsync($"serve --config {Path.Combine(_folder, "none.json")}")).Error.ShouldContain("does not exist");
        (await Binary.RunAsync($"serve --config {Write("broken.json", "{")}")).Error.ShouldContain("not valid JSON");
    }

    [Fact]
    public async Task A_second_server_on_the_same_data_is_told_so()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Data);
        (int code, _, string error) = await Binary.RunAsync($"serve --data {Data} --urls http://127.0.0.1:0");
        code.ShouldBe(2);
        error.ShouldContain("another process");
    }

    [Fact]
    public async Task A_server_whose_address_is_taken_says_that_in_one_line()
    {
        await using ServerProcess server = await ServerProcess.StartAsync(Data);
        (int code, string output, string error) = await Binary.RunAsync($"serve --data {Path.Combine(_folder, "other")} --urls {server.Address}");
        code.ShouldBe(2);
        output.ShouldBeEmpty();
        error.Trim().ShouldBe($"tracira: Failed to bind to address {server.Address.OriginalString.TrimEnd('/')}: address already in use.");
    }

    [Fact]
    public async Task Demo_data_has_eight_rules_and_logs_of_which_some_are_flagged_and_is_made_once()
    {
        for (int start = 0; start < 2; start++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(Data, "--demo");
            (await server.Http.GetJsonAsync("/api/rules")).Body.GetArrayLength().ShouldBe(8);
            Answer logs = await server.Http.GetJsonAsync("/api/logs");
            logs["total"].ShouldBe("36");
            logs.Body.GetProperty("summary").GetProperty("failuresDetected").GetInt32().ShouldBeInRange(8, 24);
            server.Output.Contains(ServerProcess.Token, StringComparison.Ordinal).ShouldBe(start == 0);
        }
    }

    [Fact]
    public async Task The_version_is_told() => (await Binary.RunAsync("version")).Output.ShouldStartWith("tracira 0.");

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
