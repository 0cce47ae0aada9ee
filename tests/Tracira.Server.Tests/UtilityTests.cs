using System.Text.Json;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Authentication, errors that belong to no resource, and the small endpoints.</summary>
public sealed class UtilityTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly string[] Public =
    [
        "/api/models", "/healthz", "/readyz", "/openapi/v1.json",
        "/api/auth/sign-in", "/api/auth/setup", "/api/auth/invitations/{token}", "/api/auth/oidc",
    ];

    private HttpClient Http => server.Http;

    [Fact]
    public async Task Every_route_but_the_public_ones_asks_for_the_token()
    {
        using var stranger = new HttpClient { BaseAddress = server.Address };
        foreach ((string method, string path, _) in await RoutesAsync())
        {
            foreach (string? credential in new[] { null, "Bearer wh-wrong", "Bearer", "Basic eDp5", "Bearer " + new string('x', 5000) })
            {
                (string, string)[] headers = credential is null ? [] : [("Authorization", credential)];
                Answer answer = await stranger.CallAsync(new HttpMethod(method), path, method is "POST" or "PATCH" ? "{}" : null, headers);
                (answer.Status == 401).ShouldBe(!Public.Contains(path), $"{method} {path} with {credential}");
                if (answer.Status != 401)
                    continue;
                answer["code"].ShouldBe("unauthorized");
                answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
            }
        }
    }

    [Fact]
    public async Task The_operators_endpoints_are_closed_to_everybody_on_the_network()
    {
        (await Http.GetJsonAsync("/operator/token")).Status.ShouldBe(403);
        using var stranger = new HttpClient { BaseAddress = server.Address };
        (await stranger.GetJsonAsync("/operator/token")).Status.ShouldBe(401);
        (await stranger.PostJsonAsync("/operator/token/rotate", "{}")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_OpenAPI_document_says_of_every_route_what_it_does_answers_and_asks_for()
    {
        foreach ((_, string path, JsonElement operation) in await RoutesAsync())
        {
            operation.GetProperty("summary").GetString().ShouldNotBeNullOrEmpty();
            operation.GetProperty("responses").EnumerateObject().ShouldNotBeEmpty();
            operation.TryGetProperty("security", out _).ShouldBe(!Public.Contains(path), path);
        }
    }

    [Fact]
    public async Task The_token_is_verified() => (await Http.GetJsonAsync("/api/verify"))["workspaceName"].ShouldBe("My workspace");

    [Fact]
    public async Task Models_have_labels_and_values() => (await Http.GetJsonAsync("/api/models")).Body.EnumerateArray()
        .ShouldAllBe(static model => model.GetProperty("label").GetString()!.Length > 0 && model.GetProperty("value").GetString()!.Length > 0);

    [Fact]
    public async Task What_does_not_exist_is_told_in_the_contracts_form_with_a_request_id()
    {
        Answer unknown = await Http.GetJsonAsync("/api/nothing");
        unknown.Status.ShouldBe(404);
        unknown["code"].ShouldBe("not_found");
        unknown.Headers["X-Request-Id"].ShouldNotBeNullOrEmpty();
        (await Http.GetJsonAsync("/nothing"))["code"].ShouldBe("not_found");
        Answer method = await Http.CallAsync(HttpMethod.Put, "/api/logs", "{}");
        method.Status.ShouldBe(405);
        method["code"].ShouldBe("method_not_allowed");
    }

    // Which routes there must be is held by AuthorisationMatrixTests.
    private async Task<IReadOnlyList<(string Method, string Path, JsonElement Operation)>> RoutesAsync()
    {
        JsonElement paths = (await Http.GetJsonAsync("/openapi/v1.json")).Body.GetProperty("paths");
        return
        [
            .. from path in paths.EnumerateObject()
               from operation in path.Value.EnumerateObject()
               select (operation.Name.ToUpperInvariant(), path.Name, operation.Value),
        ];
    }
}
