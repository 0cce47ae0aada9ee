using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>A provider that is down costs time, but no verdict.</summary>
public sealed class JudgeRecoveryTests
{
    private static readonly (string, string)[] Soon = [("TRACIRA_JUDGING__RETRYPAUSESECONDS", "1"), ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8")];

    [Fact]
    public async Task A_log_that_ended_in_error_gets_its_verdict_when_the_provider_is_back_although_the_server_was_killed_meanwhile()
    {
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        await using JudgedServer server = await JudgedServer.StartAsync(Soon);
        string project = await server.AddRuleAsync("openai", "m");
        server.Provider.IsDown = true;
        string url = receiver.AddressOf("/hook");
        for (int i = 0; i < 10; i++)
        {
            string body = JsonSerializer.Serialize(new { id = $"log-{i}", project, output = $"Hello {i}", sync = true, callbackUrl = url });
            Answer sent = await server.Http.PostJsonAsync("/api/logs", body);
            sent["status"].ShouldBe("error");
            sent.Body.GetProperty("verdict").GetProperty("pass").GetBoolean().ShouldBeFalse();
        }

        await receiver.WaitAsync(10);
        await server.Process.KillAsync();
        server.Provider.IsDown = false;
        await server.RestartAsync();
        await receiver.WaitAsync(20);
        foreach (IGrouping<string, ReceivedWebhook> log in receiver.Received.GroupBy(static webhook => webhook.Json.GetProperty("id").GetString()!))
        {
            log.Select(static webhook => webhook.Json.GetProperty("status").GetString()).ShouldBe(["error", "pass"], log.Key);
            log.Select(static webhook => webhook.Id).Distinct().Count().ShouldBe(2);
            (await server.Http.GetJsonAsync($"/api/logs/{log.Key}"))["explanation"].ShouldBe("The one rule passed.");
        }

        (await server.WaitingLogsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Nothing_is_lost_or_passed_where_the_server_is_killed_over_and_over_while_the_provider_comes_and_goes()
    {
        const int Logs = 30;
        await using JudgedServer server = await JudgedServer.StartAsync([.. Soon, ("TRACIRA_JUDGING__RETRYDELAYMS", "1")]);
        string project = await server.AddRuleAsync("openai", "openai/flags");
        for (int round = 0; round < 3; round++)
        {
            server.Provider.IsDown = round != 1;
            await Task.WhenAll(Enumerable.Range(round * Logs / 3, Logs / 3).Select(i => server.Http.PostJsonAsync(
                "/api/logs", JsonSerializer.Serialize(new { id = $"log-{i}", project, output = $"Hello {i}" }))));
            await Task.Delay(Random.Shared.Next(300));
            await server.Process.KillAsync();
            server.Provider.IsDown &= round < 2;
            await server.RestartAsync();
        }

        DateTime until = DateTime.UtcNow.AddSeconds(30);
        int flagged = 0;
        while (flagged < Logs && DateTime.UtcNow < until)
        {
            await Task.Delay(100);
            Answer list = await server.Http.GetJsonAsync("/api/logs?limit=100");
            list.Executions.ShouldAllBe(static log => log.GetProperty("status").GetString() != "pass");
            flagged = list.Executions.Count(static log => log.GetProperty("status").GetString() == "flagged");
        }

        flagged.ShouldBe(Logs);
    }

    [Fact]
    public async Task A_message_in_Slack_that_says_a_log_could_not_be_checked_is_brought_up_to_date_when_it_was()
    {
        await using FakeSlack slack = await FakeSlack.StartAsync();
        await using JudgedServer server = await JudgedServer.StartAsync([.. Soon, .. slack.Settings]);
        await server.Http.PatchJsonAsync("/api/settings", $$"""
            {"slackBotToken":"{{FakeSlack.Token}}","slackChannelId":"{{FakeSlack.Channel}}","slackSigningSecret":"{{FakeSlack.SigningSecret}}"}
            """);
        string project = await server.AddRuleAsync("openai", "m");
        server.Provider.IsDown = true;
        await server.JudgeAsync(project, "Hello");
        SlackCall post = await slack.ReceiveAsync();
        post.Path.ShouldBe("/api/chat.postMessage");
        post.Text.ShouldContain("Could not be checked");
        post.Buttons.Count.ShouldBe(2);

        server.Provider.IsDown = false;
        SlackCall update = await slack.ReceiveAsync();
        update.Path.ShouldBe("/api/chat.update");
        update.Text.ShouldContain("Passed after all");
        update.Buttons.ShouldBeEmpty();
        slack.Messages.ShouldBe(1);
    }

    [Fact]
    public async Task A_workspaces_address_inside_the_house_is_refused_when_it_is_set_and_when_it_is_asked()
    {
        await using JudgedServer server = await JudgedServer.StartAsync();
        string settings = JsonSerializer.Serialize(new { openaiBaseUrl = server.Provider.Address + "/v1", openaiJudgeModel = "m" });
        Answer refused = await server.Http.PatchJsonAsync("/api/settings", settings);
        refused.Status.ShouldBe(400);
        refused.Body.GetProperty("fields").GetProperty("openaiBaseUrl").GetString()!.ShouldContain("Outbound:Allowed");

        await server.RestartAsync(("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"));
        (await server.Http.PatchJsonAsync("/api/settings", settings)).Status.ShouldBe(200);
        string project = await server.AddRuleAsync("openai", "m");
        (await server.JudgeAsync(project, "Allowed"))["status"].ShouldBe("pass");

        await server.RestartAsync();
        Answer log = await server.JudgeAsync(project, "Not allowed any more");
        log["status"].ShouldBe("error");
        log["explanation"].ShouldNotBeNull();
        log["explanation"]!.ShouldContain("may not be asked");
        server.Provider.Questions.Count.ShouldBe(1);
        (await server.WaitingLogsAsync()).ShouldBeEmpty("a setting has to change first");
    }

    [Fact]
    public async Task Judge_rules_of_one_log_are_asked_side_by_side_within_the_providers_bound()
    {
        await using JudgedServer server = await JudgedServer.StartAsync(("TRACIRA_JUDGING__PROVIDERCONCURRENCY", "3"));
        string project = await server.AddRuleAsync("openai", "openai/slow", instruction: "Rule 0");
        for (int i = 1; i < 6; i++)
            await server.AddRuleAsync("openai", "openai/slow", project, $"Rule {i}");
        Answer log = await server.JudgeAsync(project, "Hello");
        log["status"].ShouldBe("pass");
        log.Body.GetProperty("appliedRules").GetArrayLength().ShouldBe(6);
        server.Provider.MostAtOnce.ShouldBe(3);
        server.Provider.Questions.Count.ShouldBe(6);
    }
}
