using System.Diagnostics;
using System.Text.Json;
using System.Threading.Channels;
using MimeKit;

namespace Tracira.Server.Tests;

/// <summary>A real SMTP server on the loopback, the npm package <c>smtp-server</c>: <c>unknown@</c> it refuses, <c>full@</c> puts off, <c>slow@</c> stalls.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<ReceivedMail> _mails = Channel.CreateUnbounded<ReceivedMail>();

    private MailServer(Process process, int port)
    {
        _process = process;
        Port = port;
        process.ErrorDataReceived += static (_, _) => { };
        process.BeginErrorReadLine();
        _ = ReadAsync();
    }

    public int Port { get; }

    /// <summary>Starts it.</summary>
    /// <param name="tls"><c>plain</c>, or <c>starttls</c> with a certificate that nobody trusts.</param>
    public static async Task<MailServer> StartAsync(string tls = "plain")
    {
        Process process = await NodePackages.StartAsync("smtp-server.mjs", tls);
        string line = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await process.StandardError.ReadToEndAsync());
        return new MailServer(process, JsonDocument.Parse(line).RootElement.GetProperty("port").GetInt32());
    }

    /// <summary>The settings of a server that sends through it.</summary>
    public (string Name, string Value)[] Settings(params (string Name, string Value)[] more) =>
    [
        ("TRACIRA_MAIL__HOST", "127.0.0.1"),
        ("TRACIRA_MAIL__PORT", $"{Port}"),
        ("TRACIRA_MAIL__TLS", "none"),
        ("TRACIRA_MAIL__FROM", "Tracira <tracira@example.com>"),
        .. more,
    ];

    /// <summary>Waits for the next mail.</summary>
    public async Task<ReceivedMail> ReceiveAsync() => await _mails.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    /// <summary>The next mail, if it is there already.</summary>
    public ReceivedMail? Peek() => _mails.Reader.TryRead(out ReceivedMail? mail) ? mail : null;

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            JsonElement mail = JsonDocument.Parse(line).RootElement;
            using var raw = new MemoryStream(mail.GetProperty("raw").GetBytesFromBase64());
            string[] to = [.. mail.GetProperty("to").EnumerateArray().Select(static address => address.GetString()!)];
            await _mails.Writer.WriteAsync(new ReceivedMail(mail.GetProperty("user").GetString(), to, await MimeMessage.LoadAsync(raw)));
        }
    }
}

/// <summary>What a mail server took.</summary>
/// <param name="User">Who sent it; null where nobody signed in.</param>
/// <param name="To">The recipients of the envelope.</param>
/// <param name="Message">The mail.</param>
internal sealed record ReceivedMail(string? User, IReadOnlyList<string> To, MimeMessage Message)
{
    public string Text => Message.TextBody!;

    public string Html => Message.HtmlBody!;
}
