using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;

namespace Tracira.Server.Tests.Contract;

/// <summary>What holds of every answer, and of each case's.</summary>
internal static partial class Promise
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void ShouldBeKept(ContractCase known, Reply reply)
    {
        reply.Status.ShouldBe(known.Status, reply.Text);
        reply.Headers["X-Request-Id"].ShouldNotBeNullOrEmpty();
        if (known.Code is not null)
            ShouldBeError(known, reply);
        if (known.Golden is not null)
            Golden.ShouldMatchGolden(Still(reply), known.Golden);
    }

    private static void ShouldBeError(ContractCase known, Reply reply)
    {
        reply.Headers["Content-Type"].ShouldBe("application/json; charset=utf-8");
        JsonElement body = reply.Body;
        body.GetProperty("code").GetString().ShouldBe(known.Code);
        body.GetProperty("error").GetString().ShouldEndWith(".");
        string[] fields = body.TryGetProperty("fields", out JsonElement named) ? [.. named.EnumerateObject().Select(static field => field.Name).Order(StringComparer.Ordinal)] : [];
        fields.ShouldBe(known.Fields);
        if (known.What == "without a credential")
            reply.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        if (known.Status is 429 or 503)
            int.Parse(reply.Headers["Retry-After"], CultureInfo.InvariantCulture).ShouldBeGreaterThan(0);
    }

    // The answer without what is drawn anew each time and no other golden file has.
    private static string Still(Reply reply)
    {
        string body = reply.IsJson ? JsonSerializer.Serialize(reply.Body, Readable) : reply.Text;
        string location = reply.Headers.TryGetValue("Location", out string? address) ? $"Location: {address}\n" : "";
        return Changing().Replace($"{reply.Status}\n{location}{body}\n", "$1<drawn>");
    }

    [GeneratedRegex("""("(?:storageBytes|requestId|lastFour|webhookToken|webhookSecret|token|key)": "?|[?&](?:token|state|nonce|code_challenge|redirect_uri)=|Try again in |data-)[^",&\s]*(?<!/0-[^"]*)""")]
    private static partial Regex Changing();
}
