using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests;

/// <summary>Deliveries when things go badly. <c>eng/outbox-test.sh</c> runs the same with larger numbers.</summary>
public sealed class OutboxEnduranceTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 8;
    private readonly TemporaryServerFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_message_reaches_a_receiver_that_fails_at_random_although_the_server_is_killed_on_the_way()
    {
        int messages = Number("TRACIRA_OUTBOX_MESSAGES", 60);
        int kills = Number("TRACIRA_OUTBOX_KILLS", 2);
        var chance = new ConcurrentDictionary<int, int>();
        var taken = new ConcurrentDictionary<string, int>();
        await using WebhookHost receiver = await WebhookHost.StartAsync(async (webhook, http) =>
        {
            int fate = Random.Shared.Next(100);
            chance.AddOrUpdate(fate < 30 ? 500 : fate < 40 ? 0 : fate < 45 ? -1 : 204, 1, static (_, count) => count + 1);
            if (fate < 30)
                http.Response.StatusCode = 500;
            else if (fate < 40)
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            else if (fate < 45)
                http.Abort();
            else
                taken.AddOrUpdate(webhook.Json.GetProperty("id").GetString()!, 1, static (_, count) => count + 1);
        });

        (string, string)[] environment =
        [
            ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"),
            ("TRACIRA_OUTBOUND__BACKOFF", string.Join(',', Enumerable.Repeat("0.1", 100))),
            ("TRACIRA_OUTBOUND__TIMEOUTSECONDS", "1"),
            ("TRACIRA_OUTBOUND__CONCURRENCYPERHOST", "128"),
        ];
        var waiting = new ConcurrentQueue<string>(Enumerable.Range(0, messages).Select(static i => $"log-{i}"));
        for (int kill = 0; kill <= kills; kill++)
        {
            await using ServerProcess server = await ServerProcess.StartAsync(_folder.Path, "", environment);
            Task[] load = [.. Enumerable.Range(0, Clients).Select(_ => SendAsync(server.Http, waiting, receiver.AddressOf("/hook")))];
            if (kill < kills)
            {
                int enough = messages * (kill + 1) / (kills + 1);
                await WaitUntilAsync(() => taken.Count >= enough, seconds: 3);
                await server.KillAsync();
                await Task.WhenAll(load);
                continue;
            }

            await Task.WhenAll(load);
            waiting.ShouldBeEmpty();
            await WaitUntilAsync(() => taken.Count == messages, seconds: 20 + (messages / 20));
        }

        ReceivedWebhook[] received = receiver.Received;
        Dictionary<string, string[]> idsOfLog = received
            .GroupBy(static webhook => webhook.Json.GetProperty("id").GetString()!)
            .ToDictionary(static log => log.Key, static log => log.Select(static webhook => webhook.Id).Distinct().ToArray());
        output.WriteLine(
            $"{messages} messages, {kills} kills: {received.Length} requests ({chance.GetValueOrDefault(500)} answered 500, "
            + $"{chance.GetValueOrDefault(0)} never answered, {chance.GetValueOrDefault(-1)} reset, {chance.GetValueOrDefault(204)} taken); "
            + $"{taken.Count} arrived, {messages - taken.Count} missing, {taken.Values.Sum() - taken.Count} duplicates, "
            + $"{idsOfLog.Values.Count(static ids => ids.Length > 1)} logs with more than one webhook-id.");
        taken.Count.ShouldBe(messages);
        idsOfLog.Values.ShouldAllBe(static ids => ids.Length == 1);
    }

    [Fact]
    public async Task Dead_hosts_do_not_delay_a_living_one()
    {
        int deadHosts = Number("TRACIRA_OUTBOX_DEAD_HOSTS", 100);
        int messages = Number("TRACIRA_OUTBOX_LIVE_MESSAGES", 100);
        var arrived = new ConcurrentDictionary<string, DateTime>();
        await using WebhookHost receiver = await WebhookHost.StartAsync((webhook, _) =>
        {
            arrived.TryAdd(webhook.Json.GetProperty("id").GetString()!, webhook.At);
            return Task.CompletedTask;
        });
        using var hanging = new TcpListener(IPAddress.Any, 0); // takes connections at every address of the loopback and never answers
        hanging.Start(4096);
        int hangs = ((IPEndPoint)hanging.LocalEndpoint).Port;
        await using ServerProcess server = await ServerProcess.StartAsync(
            _folder.Path, "", ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"), ("TRACIRA_OUTBOUND__BACKOFF", "0.5,0.5,0.5,1,1,1,1,1,1,1,1,1,1,1"));
        await Parallel.ForAsync(0, deadHosts, new ParallelOptions { MaxDegreeOfParallelism = Clients }, async (i, _) =>
        {
            string url = $"http://127.1.{i / 250}.{(i % 250) + 1}:{(i % 2 == 0 ? hangs : 9)}/";
            (await PostAsync(server.Http, $"dead-{i}", url)).ShouldBe(202);
        });

        var sent = new Dictionary<string, DateTime>();
        for (int i = 0; i < messages; i++)
        {
            (await PostAsync(server.Http, $"live-{i}", receiver.AddressOf("/hook"))).ShouldBe(202);
            sent[$"live-{i}"] = DateTime.UtcNow;
            await Task.Delay(20);
        }

        await WaitUntilAsync(() => arrived.Count == messages, seconds: 30);
        arrived.Count.ShouldBe(messages);
        double[] delays = [.. sent.Select(entry => Math.Max(0, (arrived[entry.Key] - entry.Value).TotalMilliseconds)).Order()];
        double p99 = delays[(delays.Length * 99 / 100) - 1];
        output.WriteLine(
            $"{deadHosts} dead hosts, {messages} messages to a living one: delay p50 {delays[delays.Length / 2]:0.0} ms, p99 {p99:0.0} ms, longest {delays[^1]:0.0} ms.");
        p99.ShouldBeLessThan(1_000);
    }

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), out int number) ? number : otherwise;

    // What is not acknowledged is sent again, under the same id, to the server that comes next.
    private static async Task SendAsync(HttpClient http, ConcurrentQueue<string> waiting, string url)
    {
        while (waiting.TryDequeue(out string? id))
        {
            try
            {
                if (await PostAsync(http, id, url) == 202)
                    continue;
            }
            catch (HttpRequestException)
            {
                waiting.Enqueue(id);
                return;
            }

            waiting.Enqueue(id);
        }
    }

    private static async Task<int> PostAsync(HttpClient http, string id, string url) =>
        (await http.PostJsonAsync("/api/logs", $$"""{"id":"{{id}}","project":"p","output":"Hello.","callbackUrl":"{{url}}"}""")).Status;

    private static async Task WaitUntilAsync(Func<bool> holds, int seconds)
    {
        DateTime until = DateTime.UtcNow.AddSeconds(seconds);
        while (!holds() && DateTime.UtcNow < until)
            await Task.Delay(20);
    }
}
