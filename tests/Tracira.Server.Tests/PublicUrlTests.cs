using System.Net;
using Shouldly;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Every address that the server tells of itself begins with the setting PublicUrl, whatever a client has asked for.</summary>
public sealed class PublicUrlTests : IAsyncLifetime
{
    private const string Ours = "https://tracira.example.com/gate";

    private readonly TemporaryServerFolder _folder = new();
    private OidcProvider _provider = null!;
    private ServerProcess _server = null!;

    public async Task InitializeAsync()
    {
        _provider = await OidcProvider.StartAsync();
        _server = await ServerProcess.StartAsync(
            _folder.Path,
            "",
            ("TRACIRA_PUBLICURL", Ours + "/"),
            ("TRACIRA_OIDC__AUTHORITY", _provider.Address),
            ("TRACIRA_OIDC__CLIENT_ID", OidcProvider.ClientId),
            ("TRACIRA_OIDC__CLIENT_SECRET", OidcProvider.ClientSecret));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_first_admins_link_does()
    {
        for (int tries = 0; tries < 100 && !_server.Output.Contains("/setup?token=", StringComparison.Ordinal); tries++)
            await Task.Delay(20);
        _server.Output.ShouldContain($"  {Ours}/setup?token=");
    }

    [Fact]
    public async Task An_invitations_link_does()
    {
        Answer invited = await _server.Operator.PostJsonAsync("/api/members/invitations", """{"email":"vera@example.com","role":"viewer"}""");
        invited["link"].ShouldBe($"{Ours}/invitation?token={invited["token"]}");
    }

    [Fact]
    public async Task The_address_that_an_OpenID_Connect_provider_sends_people_back_to_does_both_times_it_is_told()
    {
        using var browser = new Browser(_server.Address);
        string authorize = (await browser.Http.GetJsonAsync("/api/auth/oidc")).Headers["Location"];
        authorize.ShouldContain($"redirect_uri={WebUtility.UrlEncode($"{Ours}/api/auth/oidc/callback")}");

        // The provider of the tests takes the code back only with the address that it was asked for with.
        _provider.Person = new() { ["sub"] = "1", ["email"] = "vera@example.com", ["email_verified"] = true };
        await _server.Operator.PostJsonAsync("/api/members/invitations", """{"email":"vera@example.com","role":"viewer"}""");
        string callback = (await browser.Http.GetJsonAsync(authorize)).Headers["Location"];
        callback.ShouldStartWith(Ours);
        (await browser.Http.GetJsonAsync(callback[Ours.Length..])).Status.ShouldBe(302);
        (await browser.StatusOfMeAsync()).ShouldBe(200);
    }

    [Fact]
    public async Task Links_to_files_and_for_uploads_do()
    {
        (await _server.Http.PostJsonAsync("/api/uploads", """{"filename":"a.txt"}"""))["uploadUrl"]!.ShouldStartWith(Ours + "/uploads/");
        string id = (await _server.Http.PostJsonAsync(
            "/api/logs", """{"project":"p","output":"x","attachments":[{"source":"upload","data":"SGVsbG8=","filename":"a.txt"}]}""")).Id;
        string key = (await _server.Http.GetJsonAsync($"/api/logs/{id}")).Body.GetProperty("attachments")[0].GetProperty("key").GetString()!;
        (await _server.Http.GetJsonAsync($"/api/media-url?source={key}"))["url"]!.ShouldStartWith($"{Ours}/media/{key}?");
    }
}
