using System.Text.Json;

namespace Tracira.Server.Tests;

/// <summary>An open <c>GET /api/events</c>.</summary>
internal sealed class EventStream : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _lines = new StreamReader(body);
    }

    /// <summary>The name that the stream was given.</summary>
    public string Listener { get; private set; } = "";

    public static async Task<EventStream> OpenAsync(HttpClient http, Uri server, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, "/api/events"));
        foreach ((string name, string value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        var stream = new EventStream(response, await response.Content.ReadAsStreamAsync());
        stream.Listener = (await stream.NextAsync("hello")).GetProperty("listener").GetString()!;
        return stream;
    }

    /// <summary>The next event of a kind; others are passed over.</summary>
    public async Task<JsonElement> NextAsync(string name)
    {
        using var giveUp = new CancellationTokenSource(Patience);
        while (await _lines.ReadLineAsync(giveUp.Token) is { } line)
        {
            if (line != $"event: {name}")
                continue;
            string data = (await _lines.ReadLineAsync(giveUp.Token))!;
            return JsonDocument.Parse(data["data: ".Length..]).RootElement;
        }

        throw new InvalidOperationException($"The stream ended without {name}.");
    }

    /// <summary>The next event of any kind.</summary>
    public async Task<(string Name, JsonElement Data)> AnyAsync()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        while (await _lines.ReadLineAsync(giveUp.Token) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                return (line["event: ".Length..], JsonDocument.Parse((await _lines.ReadLineAsync(giveUp.Token))!["data: ".Length..]).RootElement);
        }

        throw new InvalidOperationException("The stream ended.");
    }

    /// <summary>Waits until the server ends the stream.</summary>
    public async Task EndsAsync()
    {
        using var giveUp = new CancellationTokenSource(Patience);
        while (await _lines.ReadLineAsync(giveUp.Token) is not null)
        {
            // What came before the end is of no interest.
        }
    }

    public ValueTask DisposeAsync()
    {
        _lines.Dispose();
        _response.Dispose();
        return ValueTask.CompletedTask;
    }
}
