using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace Tracira.Server.Tests;

/// <summary>The published executable at work: <c>tracira serve</c> on a port of its own.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    public const string Token = "wh-0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private readonly Process _process;
    private readonly StringBuilder _output;

    private ServerProcess(Process process, StringBuilder output, Uri address, string dataFolder)
    {
        _process = process;
        _output = output;
        Address = address;
        Http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Operator = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path.Combine(dataFolder, "tracira.sock")), cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        {
            BaseAddress = address,
        };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>A client with the workspace's token.</summary>
    public HttpClient Http { get; }

    /// <summary>A client that comes through the data folder's own socket.</summary>
    public HttpClient Operator { get; }

    /// <summary>What it has said so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    public int Id => _process.Id;

    /// <summary>Starts it over a data folder and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string dataFolder, string arguments = "", params (string Name, string Value)[] environment)
    {
        Process process = Binary.Start($"serve --data \"{dataFolder}\" --urls http://127.0.0.1:0 {arguments}",
            [("TRACIRA_WEBHOOK_TOKEN", Token), ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "0"), ("TRACIRA_RATELIMIT__EVALUATIONSPERMINUTE", "0"), .. environment]);
        var output = new StringBuilder();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            lock (output)
                listening.TrySetException(new InvalidOperationException($"The server ended while starting: {output}"));
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var server = new ServerProcess(process, output, await listening.Task.WaitAsync(StartLimit), dataFolder);
        using HttpResponseMessage ready = await server.Http.GetAsync("/readyz");
        ready.EnsureSuccessStatusCode();
        return server;

        void Note(string? line)
        {
            lock (output)
                output.AppendLine(line);
            if (line is not null && ListeningLine().Match(line) is { Success: true } match)
                listening.TrySetResult(new Uri(match.Groups[1].Value));
        }
    }

    /// <summary>Ends it as a power cut would: kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Ends it as an operator would: SIGTERM.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        if (SendSignal(_process.Id, 15) != 0)
            throw new InvalidOperationException("The server is gone already.");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Operator.Dispose();
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    [GeneratedRegex("Listening on (http://[^ ]+)")]
    private static partial Regex ListeningLine();

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
