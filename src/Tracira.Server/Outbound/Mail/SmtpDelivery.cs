using System.Net.Sockets;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;
using Tracira.Server.Hosting;

namespace Tracira.Server.Outbound.Mail;

/// <summary>Hands mails to the mail server of the settings, each by a connection of its own.</summary>
internal sealed class SmtpDelivery(ServerOptions options)
{
    public async Task<SendResult> SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        MailOptions mail = options.Mail!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(mail.Timeout);
        string server = $"{mail.Host}:{mail.Port}";
        try
        {
            using var client = new SmtpClient
            {
                CheckCertificateRevocation = false, // it would ask addresses that certificates name, past the outbound guard
                LocalDomain = MailboxAddress.Parse(mail.From).Domain,
            };
            await client.ConnectAsync(mail.Host, mail.Port, SecurityOf(mail.Tls), limit.Token).ConfigureAwait(false);
            if (mail is { User: { } user, Password: { } password })
                await client.AuthenticateAsync(user, password, limit.Token).ConfigureAwait(false);
            await client.SendAsync(message, limit.Token).ConfigureAwait(false);
            await QuitAsync(client, limit.Token).ConfigureAwait(false);
            return SendResult.Delivered(250);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendResult.Retry($"The mail server {server} did not take the message within {mail.Timeout.TotalSeconds:0} seconds.");
        }
        catch (SmtpCommandException refusal)
        {
            int status = (int)refusal.StatusCode;
            string words = $"{Part(refusal)} (it says: {status} {Excerpt.Line(refusal.Message, 200)})";
            return status < 500 ? SendResult.Retry(words, status) : SendResult.Gone(words, status);
        }
        catch (AuthenticationException refusal)
        {
            return SendResult.Gone($"The mail server {server} does not accept Mail:User and Mail:Password ({Excerpt.Line(refusal.Message, 200)}).", 535);
        }
        catch (SslHandshakeException failure)
        {
            string cause = Excerpt.Line((failure.InnerException ?? failure).Message, 200);
            return SendResult.Retry($"No encrypted connection to the mail server {server} could be made: {cause} Check Mail:Tls, Mail:Port and the server's certificate.");
        }
        catch (NotSupportedException failure)
        {
            return SendResult.Gone($"The mail server {server} cannot do what the settings ask for: {Excerpt.Line(failure.Message, 200)}");
        }
        catch (Exception failure) when (failure is SocketException or IOException or SmtpProtocolException or TimeoutException)
        {
            return SendResult.Retry($"The mail server {server} could not be reached: {Excerpt.Line(failure.Message, 200)}");
        }
    }

    private static SecureSocketOptions SecurityOf(MailTls tls) => tls switch
    {
        MailTls.None => SecureSocketOptions.None,
        MailTls.StartTls => SecureSocketOptions.StartTls,
        MailTls.Tls => SecureSocketOptions.SslOnConnect,
        _ => SecureSocketOptions.Auto,
    };

    private static string Part(SmtpCommandException refusal) => refusal.ErrorCode switch
    {
        SmtpErrorCode.RecipientNotAccepted => $"The mail server does not accept the recipient {refusal.Mailbox?.Address}",
        SmtpErrorCode.SenderNotAccepted => $"The mail server does not accept the sender {refusal.Mailbox?.Address}, which is the setting Mail:From",
        SmtpErrorCode.MessageNotAccepted => "The mail server does not accept the message",
        _ => "The mail server refuses",
    };

    // The message is taken; how the goodbye goes does not matter.
    private static async Task QuitAsync(SmtpClient client, CancellationToken cancellationToken)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or IOException or SmtpProtocolException or SmtpCommandException)
        {
        }
    }
}
