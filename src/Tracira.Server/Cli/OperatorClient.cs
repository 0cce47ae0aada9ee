using System.Net.Sockets;
using System.Text.Json.Serialization.Metadata;
using Tracira.Server.Api;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Cli;

/// <summary>
/// Lets a command talk to the server that has the data folder open, through the socket in the folder. Where none has, one is started for
/// the length of the command, reachable through that socket only: there is one way to read and change the data, the HTTP API.
/// </summary>
internal sealed class OperatorClient : IAsyncDisposable
{
    private readonly HttpClient _http;
    private readonly WebApplication? _server;

    private OperatorClient(string socket, string? workspaceId, WebApplication? server)
    {
        _server = server;
        _http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
                new NetworkStream(await ConnectAsync(socket, cancellationToken).ConfigureAwait(false), ownsSocket: true),
        })
        {
            BaseAddress = new Uri("http://localhost"),
        };
        if (workspaceId is not null)
            _http.DefaultRequestHeaders.Add(Authentication.WorkspaceHeader, workspaceId);
    }

    /// <summary>Connects.</summary>
    /// <param name="options">The settings, which say where the data folder is.</param>
    /// <param name="workspaceId">The workspace that requests are about; null for the default one.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">There is no data in the folder.</exception>
    public static async Task<OperatorClient> OpenAsync(ServerOptions options, string? workspaceId, CancellationToken cancellationToken)
    {
        string socket = DataFolder.Socket(options.DataFolder);
        try
        {
            (await ConnectAsync(socket, cancellationToken).ConfigureAwait(false)).Dispose();
            return new OperatorClient(socket, workspaceId, server: null);
        }
        catch (SocketException)
        {
            if (!File.Exists(DataFolder.Database(options.DataFolder)))
                throw new CommandException($"There is no Tracira data in {options.DataFolder}. Name the folder with --data, or start `tracira serve` first.");
            WebApplication server = await TraciraServer
                .StartAsync(options with { Urls = "", Demo = false, Delivers = false }, output: null, cancellationToken).ConfigureAwait(false);
            return new OperatorClient(socket, workspaceId, server);
        }
    }

    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await ReadAsync(await _http.GetAsync(path, cancellationToken).ConfigureAwait(false), type, cancellationToken).ConfigureAwait(false);

    /// <summary>Copies what the server answers, however long it is, as it comes.</summary>
    public async Task DownloadAsync(string path, Stream to, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await _http
            .GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        await ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
        await response.Content.CopyToAsync(to, cancellationToken).ConfigureAwait(false);
    }

    public async Task<TAnswer> SendAsync<TBody, TAnswer>(
        HttpMethod method,
        string path,
        TBody body,
        JsonTypeInfo<TBody> bodyType,
        JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, bodyType) };
        return await ReadAsync(await _http.SendAsync(request, cancellationToken).ConfigureAwait(false), answerType, cancellationToken).ConfigureAwait(false);
    }

    public async Task<T> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await ReadAsync(await _http.PostAsync(path, content: null, cancellationToken).ConfigureAwait(false), type, cancellationToken).ConfigureAwait(false);

    public async Task<T> DeleteAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        await ReadAsync(await _http.DeleteAsync(path, cancellationToken).ConfigureAwait(false), type, cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync().ConfigureAwait(false);
            await _server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using (response)
        {
            await ThrowIfRefusedAsync(response, cancellationToken).ConfigureAwait(false);
            return (await response.Content.ReadFromJsonAsync(type, cancellationToken).ConfigureAwait(false))!;
        }
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.IsSuccessStatusCode)
            return;
        ApiError? error = await response.Content.ReadFromJsonAsync(ApiJson.Wire.ApiError, cancellationToken).ConfigureAwait(false);
        throw new CommandException(error?.Error ?? $"The server answered {(int)response.StatusCode}.");
    }

    private static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
