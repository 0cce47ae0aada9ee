using System.Net;
using Shouldly;
using Tracira.Server.Hosting;
using Tracira.Server.Judging;
using Tracira.Server.Outbound;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>How providers are asked: not too much at once, not against their will, not where nobody may ask.</summary>
public sealed class ProviderConnectionsTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private FakeProvider _provider = null!;

    public async Task InitializeAsync() => _provider = await FakeProvider.StartAsync();

    public async Task DisposeAsync() => await _provider.DisposeAsync();

    [Fact]
    public async Task A_provider_that_keeps_failing_is_left_alone_for_a_while_then_tried_and_then_asked_as_before()
    {
        using ProviderConnections connections = Connect();
        _provider.IsDown = true;
        for (int i = 0; i < 20; i++)
            await FailAsync(connections, "m");
        int asked = _provider.Questions.Count;
        asked.ShouldBe(10, "the circuit opens at the tenth failure");
        (await FailAsync(connections, "m")).Message.ShouldContain("is not asked for a moment");
        _provider.Questions.Count.ShouldBe(asked);

        _time.Shift = TimeSpan.FromSeconds(14);
        (await FailAsync(connections, "m")).Message.ShouldContain("is not asked for a moment");
        _time.Shift = TimeSpan.FromSeconds(16);
        await FailAsync(connections, "m");
        (await FailAsync(connections, "m")).Message.ShouldContain("is not asked for a moment");
        _provider.Questions.Count.ShouldBe(asked + 1, "one question has tried it out");

        _provider.IsDown = false;
        (await AskAsync(connections, "another")).ShouldBe(HttpStatusCode.OK, "another model has a circuit of its own");
        _time.Shift = TimeSpan.FromSeconds(32);
        for (int i = 0; i < 5; i++)
            (await AskAsync(connections, "m")).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task All_models_of_a_key_share_its_bound_and_another_key_has_its_own()
    {
        using ProviderConnections connections = Connect();
        Task<HttpStatusCode>[] questions = [.. Enumerable.Range(0, 12).Select(i => AskAsync(connections, $"{i % 4}/slow"))];
        await Task.WhenAll(questions);
        _provider.MostAtOnce.ShouldBe(3);
        await Task.WhenAll(Enumerable.Range(0, 12).Select(i => AskAsync(connections, "slow", key: $"key {i % 2}")));
        _provider.MostAtOnce.ShouldBe(6);
    }

    [Fact]
    public async Task A_provider_is_left_alone_for_as_long_as_it_asks_for()
    {
        using ProviderConnections connections = Connect(retries: 2);
        (await AskAsync(connections, "x/429-once")).ShouldBe(HttpStatusCode.OK);
        DateTime[] at = [.. _provider.Questions.Select(static question => question.At)];
        (at[1] - at[0]).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(0.99));
        ProviderException exception = await FailAsync(connections, "x/429-later");
        exception.RetryAfter.ShouldBe(TimeSpan.FromSeconds(600));
        _provider.Asked("x/429-later").ShouldBe(1, "nobody waits for that long");
    }

    [Theory]
    [InlineData("10.1.2.3")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:192.168.1.1")]
    public async Task A_name_that_leads_into_the_house_is_not_asked_for_a_workspace(string address)
    {
        using ProviderConnections connections = Connect(resolvesTo: address);
        var endpoint = new JudgeEndpoint("openai", new Uri("https://llm.example.com/v1/"), "k", "m", IsOperators: false);
        ProviderException exception = await FailAsync(connections, endpoint);
        exception.Message.ShouldContain("may not be asked");
        exception.Message.ShouldContain("Outbound:Allowed");
        exception.RetryAfter.ShouldBeNull("a setting has to change first");
    }

    [Fact]
    public async Task The_operators_own_address_is_allowed_for_the_operators_questions_alone()
    {
        using ProviderConnections connections = Connect();
        (await AskAsync(connections, "m")).ShouldBe(HttpStatusCode.OK);
        (await FailAsync(connections, Endpoint("m") with { IsOperators = false })).Message.ShouldContain("may not be asked");
        _provider.Questions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_may_pass_is_worth_asking_again_and_what_may_not_is_not()
    {
        using ProviderConnections connections = Connect(seconds: 1);
        foreach (string model in new[] { "500", "529", "timeout", "half-stream" })
            (await FailAsync(connections, model)).RetryAfter.ShouldBe(TimeSpan.Zero, model);
        (await FailAsync(connections, "401")).RetryAfter.ShouldBeNull();
        JudgeEndpoint endpoint = Endpoint("gone");
        await _provider.DisposeAsync();
        ProviderException gone = await FailAsync(connections, endpoint);
        gone.Message.ShouldContain("could not be reached");
        gone.RetryAfter.ShouldBe(TimeSpan.Zero);
    }

    private ProviderConnections Connect(int retries = 1, int seconds = 20, string resolvesTo = "127.0.0.1")
    {
        var options = new ServerOptions
        {
            DataFolder = "",
            Urls = "",
            Judging = new JudgeOptions
            {
                Providers = new Dictionary<string, ProviderOptions> { ["openai"] = new(new Uri(_provider.Address), "k", "m") },
                ProviderConcurrency = 3,
                Retries = retries,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                Timeout = TimeSpan.FromSeconds(seconds),
            },
        };
        HostResolver resolve = (_, _) => Task.FromResult(new[] { IPAddress.Parse(resolvesTo) });
        return new ProviderConnections(options, new OutboundHttp(new OutboundGuard(options), resolve), resolve, _time);
    }

    private JudgeEndpoint Endpoint(string model, string key = "k") => new("openai", new Uri(_provider.Address + "/"), key, model, IsOperators: true);

    private async Task<HttpStatusCode> AskAsync(ProviderConnections connections, string model, string key = "k") =>
        await AskAsync(connections, Endpoint(model, key));

    private static async Task<HttpStatusCode> AskAsync(ProviderConnections connections, JudgeEndpoint endpoint)
    {
        string question = $$"""{ "model": "{{endpoint.Model}}", "messages": [{ "role": "user", "content": "?" }], "response_format": { } }""";
        using var content = new StringContent(question);
        using HttpResponseMessage response = await connections.To(endpoint).PostAsync(new Uri(endpoint.BaseUrl, "chat/completions"), content);
        return response.StatusCode;
    }

    private Task<ProviderException> FailAsync(ProviderConnections connections, string model) => FailAsync(connections, Endpoint(model));

    private static Task<ProviderException> FailAsync(ProviderConnections connections, JudgeEndpoint endpoint) =>
        Should.ThrowAsync<ProviderException>(AskAsync(connections, endpoint));

    /// <summary>The system's clock, set forward; timers run as ever.</summary>
    private sealed class ShiftedTime : TimeProvider
    {
        public TimeSpan Shift { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Shift;
    }
}
