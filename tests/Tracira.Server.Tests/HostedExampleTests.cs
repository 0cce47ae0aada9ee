using System.Diagnostics;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A client of the hosted product changes host and token and nothing else.</summary>
public sealed class HostedExampleTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "HostedExamples");

    private readonly Dictionary<string, string> _made = [];

    [Fact]
    public async Task Every_curl_example_of_the_hosted_documentation_is_answered_as_documented()
    {
        await server.Http.PostJsonAsync("/api/rules", """{"name":"No red","type":"keyword_forbidden","value":"red","projectName":"examples"}""");
        _made["flagged"] = (await server.Http.PostJsonAsync("/api/logs", """{"project":"examples","output":"red","sync":true}""")).Id;

        string[] blocks = (await File.ReadAllTextAsync(Path.Combine(Folder, "curl.txt"))).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[1..];
        blocks.Length.ShouldBe(29);
        List<string> wrong = [];
        foreach (string block in blocks)
        {
            string[] lines = block.Trim().Split('\n');
            string curl = string.Join('\n', lines.SkipWhile(static line => line.StartsWith('#')));
            foreach (string[] run in lines.TakeWhile(static line => line.StartsWith('#')).Select(static line => line[2..].Split(' ', 3)))
            {
                string sent = run.Length < 3 ? curl : Fill(curl, run[2]);
                (string status, string body) = await RunAsync(sent);
                if (status != run[1])
                    wrong.Add($"{string.Join(' ', run)}: {status} {body}\n{sent}");
                else
                    Remember(curl, body);
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_JavaScript_example_of_the_hosted_documentation_sends_a_log_and_gives_up_when_the_limit_stays_exceeded()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        await using ServerProcess limited = await ServerProcess.StartAsync(folder, "", ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "2"));
        string example = await File.ReadAllTextAsync(Path.Combine(Folder, "send-with-retry.js"));

        // The minute that the example waits after a refusal is the only thing that is made shorter.
        string program = $$"""
            {{example.Replace("https://tracira.com", limited.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)}}
            const wait = setTimeout;
            const waits = [];
            globalThis.setTimeout = (resume, ms, ...rest) => ms === 60000 ? (waits.push(ms), wait(resume, 0)) : wait(resume, ms, ...rest);
            const payload = { project: "js", output: "Hello." };
            const sent = [(await sendWithRetry(payload, "{{ServerProcess.Token}}")).status, (await sendWithRetry(payload, "{{ServerProcess.Token}}")).status];
            const last = await sendWithRetry(payload, "{{ServerProcess.Token}}").catch(error => error.message);
            console.log(JSON.stringify({ sent, last, waits }));
            """;
        string path = Path.Combine(folder, "example.mjs");
        await File.WriteAllTextAsync(path, program);
        using JsonDocument result = JsonDocument.Parse(await OutputOfAsync("node", [path]));
        result.RootElement.GetRawText().ShouldBe(
            """{"sent":[202,202],"last":"Rate limit exceeded after retries","waits":[60000,60000,60000,60000]}""");
    }

    private string Fill(string curl, string placeholders)
    {
        foreach (string placeholder in placeholders.Split(' '))
        {
            string[] parts = placeholder.Split('=', 2);
            string value = _made.Aggregate(parts[1], static (text, made) => text.Replace($"{{{made.Key}}}", made.Value, StringComparison.Ordinal));
            curl = curl.Replace(parts[0], value, StringComparison.Ordinal);
        }

        return curl;
    }

    private void Remember(string curl, string body)
    {
        if (curl.StartsWith("curl -X POST https://tracira.com/api/projects \\", StringComparison.Ordinal))
            _made["project"] = IdIn(body);
        else if (curl.StartsWith("curl -X POST https://tracira.com/api/rules \\", StringComparison.Ordinal))
            _made["rule"] = IdIn(body);
    }

    private static string IdIn(string body) => JsonDocument.Parse(body).RootElement.GetProperty("id").GetString()!;

    private async Task<(string Status, string Body)> RunAsync(string curl)
    {
        string command = curl
            .Replace("https://tracira.com", server.Address.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("YOUR_TOKEN", ServerProcess.Token, StringComparison.Ordinal);
        string output = await OutputOfAsync("bash", ["-c", command + """ -s -w '\n%{http_code}'"""]);
        int end = output.LastIndexOf('\n');
        return (output[(end + 1)..], output[..end]);
    }

    private static async Task<string> OutputOfAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync();
        return output;
    }
}
