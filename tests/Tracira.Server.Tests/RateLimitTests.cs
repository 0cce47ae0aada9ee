using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Over_the_limit_the_documented_answer_comes_and_nothing_is_stored()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        await using (ServerProcess server = await ServerProcess.StartAsync(
            folder, "", ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "3"), ("TRACIRA_RATELIMIT__EVALUATIONSPERMINUTE", "1")))
        {
            const string Log = """{"project":"p","output":"x"}""";
            for (int left = 2; left >= 0; left--)
            {
                Answer accepted = await server.Http.PostJsonAsync("/api/logs", Log);
                accepted.Status.ShouldBe(202);
                accepted.Headers["RateLimit-Limit"].ShouldBe("3");
                accepted.Headers["RateLimit-Remaining"].ShouldBe($"{left}");
            }

            Answer refused = await server.Http.PostJsonAsync("/api/logs", Log);
            refused.Status.ShouldBe(429);
            refused["error"].ShouldBe("Too many requests. Please slow down and try again shortly.");
            refused["code"].ShouldBe("rate_limited");
            refused.Headers["Retry-After"].ShouldBe("60");
            (await server.Http.GetJsonAsync("/api/logs"))["total"].ShouldBe("3");

            const string Evaluation = """{"output":"x","rule":{"name":"r","type":"length_limit","value":"5"}}""";
            (await server.Http.PostJsonAsync("/api/rules/evaluate", Evaluation)).Status.ShouldBe(200);
            (await server.Http.PostJsonAsync("/api/rules/evaluate", Evaluation)).Status.ShouldBe(429);
        }

        Directory.Delete(folder, recursive: true);
    }
}
