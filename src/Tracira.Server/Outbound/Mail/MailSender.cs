using MimeKit;
using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Outbound.Mail;

/// <summary>Writes mails about what waits for a person.</summary>
internal sealed class MailSender(
    SettingsDirectory settings, MailMessages mails, SmtpDelivery smtp, ReviewLinks reviews, LinkBase links, ServerOptions options)
    : IMessageSender, ITestableChannel
{
    private const string NoServer = "No mail server is set up. The operator sets Mail:Host and Mail:From.";

    public string Channel => "email";

    public bool Serves(string url) => url.StartsWith(NotificationAddresses.Mail, StringComparison.Ordinal);

    public async Task<SendResult> SendAsync(OutboxMessage message, Log log, CancellationToken cancellationToken)
    {
        if (options.Mail is null)
            return SendResult.Gone(NoServer);
        string address = message.Url[NotificationAddresses.Mail.Length..];
        if (!MailboxAddress.TryParse(address, out MailboxAddress? recipient))
            return SendResult.Gone($"{address} is no mail address.");
        MimeMessage mail = mails.About(
            message.Id,
            recipient,
            Notice.Of(log, links.LogPage(log.Id)),
            log.Decision,
            await reviews.CreateAsync(log, address, DecisionKind.Approved).ConfigureAwait(false),
            await reviews.CreateAsync(log, address, DecisionKind.Rejected).ConfigureAwait(false));
        return await smtp.SendAsync(mail, cancellationToken).ConfigureAwait(false);
    }

    public async Task<SendResult> TestAsync(Workspace workspace, CancellationToken cancellationToken)
    {
        if (options.Mail is null)
            return SendResult.Gone(NoServer);
        WorkspaceSettings set = await settings.GetAsync(workspace.Id, cancellationToken).ConfigureAwait(false);
        return MailboxAddress.TryParse(set.NotificationEmail, out MailboxAddress? recipient)
            ? await smtp.SendAsync(mails.Test(recipient, workspace.Name), cancellationToken).ConfigureAwait(false)
            : SendResult.Gone("Nobody is there to write to. Set notificationEmail.");
    }
}
