using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

/// <summary>The workspace's subscriptions.</summary>
internal sealed record SubscriptionListAnswer(IReadOnlyList<Subscription> Subscriptions);
