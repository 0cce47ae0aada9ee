using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Shouldly;
using Tracira.Server.Api;
using Tracira.Server.Hosting;
using Tracira.Server.Outbound;
using Tracira.Server.Settings;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>How long a subscription outlives its receiver.</summary>
public sealed class SubscriptionHealthTests : IAsyncDisposable
{
    private const string W = Workspace.DefaultId;
    private const string Url = "https://example.com/hook";
    private readonly InMemoryStore _store = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private readonly EventReceivers _receivers;
    private readonly SubscriptionDirectory _subscriptions;
    private readonly SubscriptionHealth _health;

    public SubscriptionHealthTests()
    {
        var options = new ServerOptions { DataFolder = "", Urls = "" };
        var documents = new WorkspaceDocument<IReadOnlyList<Subscription>>(_store.Records, "subscriptions", ApiJson.Wire.IReadOnlyListSubscription, []);
        var settings = new WorkspaceDocument<WorkspaceSettings>(_store.Records, "settings", ApiJson.Wire.WorkspaceSettings, new WorkspaceSettings());
        _receivers = new EventReceivers(_store, settings, documents, options);
        _subscriptions = new SubscriptionDirectory(documents, _receivers, _time);
        _health = new SubscriptionHealth(_subscriptions, options, _time, NullLogger<SubscriptionHealth>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _receivers.Dispose();
        await _store.DisposeAsync();
    }

    [Fact]
    public async Task A_receiver_that_fails_for_seven_days_loses_its_subscription_and_not_a_day_earlier()
    {
        await SubscribeAsync(Url);
        await SubscribeAsync("https://example.com/other");
        await FailAsync(attempts: 5);
        _time.Advance(TimeSpan.FromDays(6.9));
        await FailAsync(attempts: 8);
        (await UrlsAsync()).ShouldBe([Url, "https://example.com/other"]);
        _time.Advance(TimeSpan.FromDays(0.2));
        await FailAsync(attempts: 8);
        (await UrlsAsync()).ShouldBe(["https://example.com/other"]);
    }

    [Fact]
    public async Task One_delivery_in_between_begins_the_seven_days_anew()
    {
        await SubscribeAsync(Url);
        await FailAsync(attempts: 5);
        _time.Advance(TimeSpan.FromDays(6));
        await NoteAsync(DeliveryState.Delivered, attempts: 6, status: 200);
        _time.Advance(TimeSpan.FromDays(2));
        await FailAsync(attempts: 5);
        await FailAsync(attempts: 6);
        (await UrlsAsync()).ShouldBe([Url]);
        _time.Advance(TimeSpan.FromDays(7));
        await FailAsync(attempts: 8);
        (await UrlsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_few_failures_are_not_even_noted_and_410_ends_it_at_once()
    {
        await SubscribeAsync(Url);
        await FailAsync(attempts: 4);
        _time.Advance(TimeSpan.FromDays(30));
        await FailAsync(attempts: 1);
        (await UrlsAsync()).ShouldBe([Url]);
        await NoteAsync(DeliveryState.Dead, attempts: 1, status: 410);
        (await UrlsAsync()).ShouldBeEmpty();
    }

    private async Task SubscribeAsync(string url) => (await _subscriptions.AddAsync(W, url, ["pass"], "n8n")).IsNew.ShouldBeTrue();

    private Task FailAsync(int attempts) => NoteAsync(attempts == 8 ? DeliveryState.Dead : DeliveryState.Waiting, attempts, 500);

    private async Task NoteAsync(DeliveryState state, int attempts, int status) => await _health.NoteAsync(
        new Delivery(new OutboxMessage("m", W, "l", "log.evaluated", Url, _time.GetUtcNow()), state) { Attempts = attempts, StatusCode = status });

    private async Task<IEnumerable<string>> UrlsAsync() =>
        (await _subscriptions.ListAsync(W, CancellationToken.None)).Select(static subscription => subscription.Url);
}
