using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Tracira.Server.Tests;

/// <summary>A little OpenID Connect provider: discovery, keys, authorize, token and user info, with real RS256 tokens.</summary>
internal sealed class OidcProvider : IAsyncDisposable
{
    public const string ClientId = "tracira";
    public const string ClientSecret = "the client's secret";

    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string RedirectUri)> _codes = new();
    private readonly WebApplication _app;

    private OidcProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>Who is at the browser.</summary>
    public Dictionary<string, JsonNode?> Person { get; set; } = [];

    /// <summary>Changes the token's content before it is signed.</summary>
    public Action<JsonObject> Tamper { get; set; } = static _ => { };

    /// <summary>Signs with a key that the provider does not own.</summary>
    public bool Forge { get; set; }

    /// <summary>Whether the person says no.</summary>
    public bool Deny { get; set; }

    public static async Task<OidcProvider> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        WebApplication app = builder.Build();
        var provider = new OidcProvider(app);
        app.UseRouting();
        app.MapGet("/.well-known/openid-configuration", (RequestDelegate)provider.Discovery);
        app.MapGet("/keys", (RequestDelegate)provider.Keys);
        app.MapGet("/authorize", (RequestDelegate)provider.Authorize);
        app.MapPost("/token", (RequestDelegate)provider.Token);
        app.MapGet("/userinfo", http => Json(http, new JsonObject(provider.Person.Select(static claim => new KeyValuePair<string, JsonNode?>(claim.Key, claim.Value?.DeepClone())))));
        await app.StartAsync();
        return provider;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _key.Dispose();
    }

    private Task Discovery(HttpContext http) => Json(http, new JsonObject
    {
        ["issuer"] = Address,
        ["authorization_endpoint"] = Address + "/authorize",
        ["token_endpoint"] = Address + "/token",
        ["userinfo_endpoint"] = Address + "/userinfo",
        ["jwks_uri"] = Address + "/keys",
        ["response_types_supported"] = new JsonArray("code"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
    });

    private Task Keys(HttpContext http)
    {
        RSAParameters key = _key.ExportParameters(includePrivateParameters: false);
        return Json(http, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = "1",
                ["n"] = Base64Url.EncodeToString(key.Modulus),
                ["e"] = Base64Url.EncodeToString(key.Exponent),
            }),
        });
    }

    private Task Authorize(HttpContext http)
    {
        IQueryCollection query = http.Request.Query;
        string redirect = query["redirect_uri"]!;
        string state = Uri.EscapeDataString(query["state"]!);
        if (query["client_id"] != ClientId || query["response_type"] != "code" || query["code_challenge_method"] != "S256")
        {
            http.Response.StatusCode = 400;
            return Task.CompletedTask;
        }

        if (Deny)
        {
            http.Response.Redirect($"{redirect}?error=access_denied&state={state}");
            return Task.CompletedTask;
        }

        string code = Guid.NewGuid().ToString();
        _codes[code] = (query["code_challenge"]!, query["nonce"]!, redirect);
        http.Response.Redirect($"{redirect}?code={code}&state={state}");
        return Task.CompletedTask;
    }

    private async Task Token(HttpContext http)
    {
        IFormCollection form = await http.Request.ReadFormAsync();
        if (!_codes.TryRemove(form["code"]!, out (string Challenge, string Nonce, string RedirectUri) code)
            || form["client_id"] != ClientId
            || form["client_secret"] != ClientSecret
            || form["redirect_uri"] != code.RedirectUri
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"]!))) != code.Challenge)
        {
            http.Response.StatusCode = 400;
            await Json(http, new JsonObject { ["error"] = "invalid_grant" });
            return;
        }

        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Address,
            ["aud"] = ClientId,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = code.Nonce,
            ["sub"] = Person["sub"]!.DeepClone(),
        };
        Tamper(claims);
        await Json(http, new JsonObject { ["access_token"] = "a", ["token_type"] = "Bearer", ["expires_in"] = 300, ["id_token"] = Sign(claims) });
    }

    private string Sign(JsonObject claims)
    {
        string head = Base64Url.EncodeToString("""{"alg":"RS256","typ":"JWT","kid":"1"}"""u8);
        string text = $"{head}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        using var stranger = RSA.Create(2048);
        byte[] signature = (Forge ? stranger : _key).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{text}.{Base64Url.EncodeToString(signature)}";
    }

    private static Task Json(HttpContext http, JsonObject body)
    {
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(body.ToJsonString());
    }
}
