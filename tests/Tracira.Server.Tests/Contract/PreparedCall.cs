using System.Text;
using System.Text.Json;

namespace Tracira.Server.Tests.Contract;

/// <summary>A call with everything in place.</summary>
internal sealed record PreparedCall(
    HttpMethod Method, Uri Address, string? Body, string ContentType, (string Name, string Value)[] Headers, int AtOnce)
{
    public async Task<Reply> SendAsync(HttpClient http)
    {
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SendOnceAsync(http)));
        return replies.MaxBy(static reply => reply.Status)!;
    }

    /// <summary>The request as it goes over the wire, but for the empty line that ends its headers, and what follows that.</summary>
    public (string FirstHalf, string SecondHalf) Write()
    {
        var head = new StringBuilder($"{Method} {Address.PathAndQuery} HTTP/1.1\r\nHost: {Address.Authority}\r\nConnection: close\r\n");
        foreach ((string name, string value) in Headers)
            head.Append($"{name}: {value}\r\n");
        if (Body is not null)
            head.Append($"Content-Type: {ContentType}\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\n");
        return (head.ToString(), $"\r\n{Body}");
    }

    private async Task<Reply> SendOnceAsync(HttpClient http)
    {
        using var request = new HttpRequestMessage(Method, Address);
        if (Body is not null)
            request.Content = new StringContent(Body, Encoding.UTF8, ContentType);
        foreach ((string name, string value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content!.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage response = await http.SendAsync(request);
        IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers = response.Headers.Concat(response.Content.Headers);
        return new Reply(
            (int)response.StatusCode,
            headers.ToDictionary(static header => header.Key, static header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            await response.Content.ReadAsStringAsync());
    }
}

/// <summary>What came back.</summary>
internal sealed record Reply(int Status, IReadOnlyDictionary<string, string> Headers, string Text)
{
    public bool IsJson => Headers.TryGetValue("Content-Type", out string? type) && type.StartsWith("application/json", StringComparison.Ordinal);

    public JsonElement Body => JsonDocument.Parse(Text).RootElement;

    /// <summary>Reads an answer off the wire.</summary>
    public static Reply Parse(string text)
    {
        int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        string[] lines = text[..end].Split("\r\n");
        return new Reply(
            int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture),
            lines.Skip(1).Select(static line => line.Split(": ", 2)).ToDictionary(static header => header[0], static header => header[1], StringComparer.OrdinalIgnoreCase),
            text[(end + 4)..]);
    }
}
