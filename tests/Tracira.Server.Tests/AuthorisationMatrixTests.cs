using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Every route of the running server against every kind of credential.</summary>
public sealed partial class AuthorisationMatrixTests(Doorstep doorstep) : IClassFixture<Doorstep>
{
    // A route that is new goes here, with those it lets in. The test below fails until it does.
    internal static readonly (string Method, string Path, Who LetsIn)[] Table =
    [
        ("POST", "/api/logs", Who.Ingesters),
        ("GET", "/api/logs", Who.Readers),
        ("GET", "/api/logs/{id}", Who.Readers),
        ("DELETE", "/api/logs/{id}", Who.Managers),
        ("GET", "/api/logs/{id}/status", Who.Readers),
        ("PATCH", "/api/logs/{id}/status", Who.Reviewers),
        ("PATCH", "/api/logs/{id}/decision", Who.Reviewers),
        ("PATCH", "/api/logs/bulk", Who.Reviewers),
        ("POST", "/api/logs/batch", Who.Ingesters),
        ("GET", "/api/logs/{id}/rendered", Who.Readers),
        ("GET", "/api/stats", Who.Readers),
        ("GET", "/api/rules/stats", Who.Readers),
        ("GET", "/api/logs/export", Who.Readers),
        ("GET", "/api/logs/tasks", Who.Readers),

        ("POST", "/api/uploads", Who.Ingesters),
        ("GET", "/api/media/{key}", Who.Readers),
        ("GET", "/api/media-url", Who.Readers),

        ("GET", "/api/rules", Who.Readers),
        ("POST", "/api/rules", Who.Managers),
        ("GET", "/api/rules/{id}", Who.Readers),
        ("PATCH", "/api/rules/{id}", Who.Managers),
        ("DELETE", "/api/rules/{id}", Who.Managers),
        ("POST", "/api/rules/evaluate", Who.Managers),
        ("POST", "/api/rules/backtest", Who.Managers),

        ("GET", "/api/projects", Who.Readers),
        ("POST", "/api/projects", Who.Managers),
        ("PATCH", "/api/projects/{id}", Who.Managers),
        ("DELETE", "/api/projects/{id}", Who.Managers),
        ("GET", "/api/projects/{id}/tasks", Who.Readers),
        ("POST", "/api/projects/{id}/tasks", Who.Managers),
        ("DELETE", "/api/projects/{id}/tasks", Who.Managers),

        ("POST", "/api/instructions", Who.Ingesters),
        ("POST", "/api/instructions/versions", Who.Managers),
        ("GET", "/api/instructions/versions", Who.Readers),

        ("GET", "/api/subscriptions", Who.Readers),
        ("POST", "/api/subscriptions", Who.Managers),
        ("DELETE", "/api/subscriptions/{id}", Who.Managers),

        ("GET", "/api/deliveries", Who.Readers),
        ("POST", "/api/deliveries/{id}/replay", Who.Managers),

        ("GET", "/api/settings", Who.Readers),
        ("PATCH", "/api/settings", Who.Managers),
        ("POST", "/api/settings/rotate-token", Who.Managers),
        ("POST", "/api/settings/rotate-webhook-secret", Who.Managers),
        ("POST", "/api/settings/test/{channel}", Who.Managers),
        ("GET", "/api/keys", Who.Administrators),
        ("POST", "/api/keys", Who.Administrators),
        ("DELETE", "/api/keys/{id}", Who.Administrators),
        ("GET", "/api/audit", Who.Administrators),

        ("GET", "/api/members", Who.Administrators),
        ("POST", "/api/members/invitations", Who.Administrators),
        ("DELETE", "/api/members/invitations/{id}", Who.Administrators),
        ("PATCH", "/api/members/{id}", Who.Administrators),
        ("DELETE", "/api/members/{id}", Who.Administrators),
        ("GET", "/api/me", Who.People),
        ("PATCH", "/api/me/password", Who.People),
        ("DELETE", "/api/me/sessions", Who.People),
        ("POST", "/api/me/workspace", Who.People),
        ("POST", "/api/auth/sign-in", Who.Everybody),
        ("POST", "/api/auth/sign-out", Who.AllKnown),
        ("GET", "/api/auth/setup", Who.Everybody),
        ("POST", "/api/auth/setup", Who.Everybody),
        ("GET", "/api/auth/invitations/{token}", Who.Everybody),
        ("POST", "/api/auth/invitations/{token}", Who.Everybody),
        ("GET", "/api/auth/oidc", Who.Everybody),

        ("GET", "/api/events", Who.Readers),
        ("PUT", "/api/events/focus", Who.Readers),

        ("GET", "/api/verify", Who.AllKnown),
        ("GET", "/api/models", Who.Everybody),
        ("GET", "/healthz", Who.Everybody),
        ("GET", "/readyz", Who.Everybody),
    ];

    // Routes that the OpenAPI document leaves out, but for the signed links, which stand for themselves: LinkMatrixTests, MailTests.
    private static readonly (string Method, string Path, Who LetsIn)[] Hidden =
    [
        ("POST", "/api/slack/interactions", Who.Everybody),
        ("GET", "/operator/token", Who.Nobody),
        ("POST", "/operator/token/rotate", Who.Nobody),
        ("GET", "/operator/workspaces", Who.Nobody),
        ("POST", "/operator/workspaces", Who.Nobody),
        ("DELETE", "/operator/workspaces/{id}", Who.Nobody),
        ("GET", "/operator/users", Who.Nobody),
        ("POST", "/operator/users", Who.Nobody),
        ("PUT", "/operator/users/password", Who.Nobody),
        ("DELETE", "/operator/users", Who.Nobody),
        ("GET", "/openapi/v1.json", Who.Everybody),
        ("GET", "/docs/api", Who.Everybody),
        ("GET", "/metrics", Who.Readers),
    ];

    public static TheoryData<string, string> Routes
    {
        get
        {
            var routes = new TheoryData<string, string>();
            foreach ((string method, string path, _) in Table.Concat(Hidden))
                routes.Add(method, path);
            return routes;
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_route_lets_in_whom_the_table_says_and_nobody_else(string method, string path)
    {
        Who letsIn = Table.Concat(Hidden).Single(route => (route.Method, route.Path) == (method, path)).LetsIn;
        foreach (Who who in Doorstep.Everybody)
        {
            int status = await doorstep.KnockAsync(who, method, Placeholder().Replace(path, "none"));
            string outcome = status is 401 or 403 ? $"{status}" : "reached";
            string expected = letsIn.HasFlag(who) ? "reached" : Who.Strangers.HasFlag(who) ? "401" : "403";
            outcome.ShouldBe(expected, $"{method} {path} for {who}");
        }
    }

    [Fact]
    public async Task The_table_has_every_route_of_the_server_and_no_other()
    {
        JsonElement paths = (await doorstep.Http.GetJsonAsync("/openapi/v1.json")).Body.GetProperty("paths");
        IEnumerable<string> routes =
            from path in paths.EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        routes.Order().ShouldBe(Table.Select(static route => $"{route.Method} {route.Path}").Order());
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();
}
