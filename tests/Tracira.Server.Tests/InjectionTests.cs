using System.Net.Sockets;
using System.Text;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Text that means something to a database, a shell or a protocol means nothing here, and who sends slowly holds nobody up.</summary>
public sealed class InjectionTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Hostile =
    [
        "$._id > 0", "1=1", "' OR '1'='1", "\"] OR true OR [\"", "$where", "{\"$ne\":null}", "{ $gt: '' }", "@0", "$.workspace", "COUNT(*)", "*", "%",
        "'; DROP COLLECTION logs; --", "SELECT $ FROM logs", "]}", "\\", "\\u0000", "\0", "\r\nX-Injected: yes", "${7*7}", "{{7*7}}", "../../etc/passwd",
        "a\u0000b", "\uE000default", "‮abc", "SUBSTRING($.body,0,1)", "MAP($.rules => @.reason)",
    ];

    private HttpClient Http => server.Http;

    public static TheoryData<string> TextFilters => ["q", "project", "task", "sessionId", "subjectId", "actorId", "tags"];

    [Theory]
    [MemberData(nameof(TextFilters))]
    public async Task A_filter_matches_its_text_and_nothing_that_the_text_might_mean(string filter)
    {
        await Http.PostJsonAsync("/api/logs", """{"project":"innocent","output":"x","task":"t","sessionId":"s","subjectId":"u","actorId":"a","tags":["g"]}""");
        foreach (string text in Hostile)
        {
            Answer answer = await Http.GetJsonAsync($"/api/logs?{filter}={Uri.EscapeDataString(text)}");
            answer.Status.ShouldBeInRange(200, 400, text);
            if (answer.Status == 200)
                answer.Executions.ShouldBeEmpty($"{filter}={text}");
        }
    }

    [Fact]
    public async Task What_was_stored_with_a_hostile_name_is_found_by_that_name_only()
    {
        await Http.PostJsonAsync("/api/logs", """{"project":"bystander","output":"x"}""");
        foreach (string text in Hostile.Where(static text => text.Trim().Length == text.Length && !text.Contains('\0')))
        {
            string json = System.Text.Json.JsonSerializer.Serialize(text);
            Answer stored = await Http.PostJsonAsync("/api/logs", $$"""{"project":{{json}},"output":{{json}},"sessionId":{{json}}}""");
            stored.Status.ShouldBe(202, text);
            Answer found = await Http.GetJsonAsync($"/api/logs?project={Uri.EscapeDataString(text)}");
            found.Executions.Single().GetProperty("id").GetString().ShouldBe(stored.Id, text);
        }
    }

    [Theory]
    [InlineData("sortBy")]
    [InlineData("sortDir")]
    [InlineData("status")]
    [InlineData("from")]
    [InlineData("to")]
    [InlineData("page")]
    [InlineData("limit")]
    [InlineData("pending")]
    public async Task A_parameter_with_a_fixed_vocabulary_takes_nothing_else(string parameter)
    {
        foreach (string text in Hostile)
        {
            Answer answer = await Http.GetJsonAsync($"/api/logs?{parameter}={Uri.EscapeDataString(text)}");
            answer.Status.ShouldBe(400, $"{parameter}={text}");
            answer.Fields.ShouldBe([parameter]);
        }
    }

    [Theory]
    [InlineData("/api/logs/{0}")]
    [InlineData("/api/logs/{0}/status")]
    [InlineData("/api/rules/{0}")]
    public async Task A_hostile_id_is_an_id_that_nothing_has(string path)
    {
        foreach (string text in Hostile)
        {
            Answer answer = await Http.GetJsonAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, path, Uri.EscapeDataString(text)));
            answer.Status.ShouldBeInRange(400, 404, text);
            answer.Headers.ShouldNotContainKey("X-Injected");
        }
    }

    [Fact]
    public async Task Clients_that_send_slowly_are_cut_off_and_hold_nobody_up()
    {
        Socket[] slow = [.. Enumerable.Range(0, 200).Select(_ => Connect())];
        try
        {
            foreach (Socket socket in slow)
                await socket.SendAsync(Encoding.ASCII.GetBytes("POST /api/logs HTTP/1.1\r\nHost: localhost\r\nX-A: "));
            for (int i = 0; i < 20; i++)
                (await Http.PostJsonAsync("/api/logs", """{"project":"quick","output":"x","sync":true}""")).Status.ShouldBe(200);

            // Each is fed a byte a second, as an attacker would.
            Task<int>[] endings = [.. slow.Select(DribbleAsync)];
            await Task.WhenAll(endings).WaitAsync(TimeSpan.FromSeconds(40));
        }
        finally
        {
            foreach (Socket socket in slow)
                socket.Dispose();
        }
    }

    private Socket Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(server.Address.Host, server.Address.Port);
        return socket;
    }

    // Returns when the server has hung up.
    private static async Task<int> DribbleAsync(Socket socket)
    {
        byte[] answer = new byte[1024];
        for (int seconds = 0; ; seconds++)
        {
            Task<int> received = socket.ReceiveAsync(answer);
            try
            {
                while (!received.IsCompleted)
                {
                    await socket.SendAsync(new byte[] { (byte)'a' });
                    await Task.WhenAny(received, Task.Delay(1000));
                }

                if (await received == 0)
                    return seconds;
            }
            catch (SocketException)
            {
                return seconds;
            }
        }
    }
}
