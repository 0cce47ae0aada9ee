using Tracira.Server.Api;
using Tracira.Server.Outbound.Mail;
using Tracira.Server.Outbound.Slack;

namespace Tracira.Server.Outbound;

internal static class NotificationServices
{
    /// <summary>Adds what tells people of logs, and what takes their answers.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services)
    {
        services.AddSingleton<LinkBase>();
        services.AddSingleton<NotifiedDecisions>();
        services.AddSingleton<SlackApi>();
        services.AddSingleton<SlackPosts>();
        services.AddSingleton<SlackSignature>();
        services.AddSingleton<SlackSender>();
        services.AddSingleton<SlackEndpoint>();
        services.AddSingleton<SmtpDelivery>();
        services.AddSingleton<MailMessages>();
        services.AddSingleton<ReviewLinks>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<ReviewPageEndpoints>();
        services.AddSingleton<ChannelTestEndpoint>();
        services.AddSingleton<IMessageSender>(static provider => provider.GetRequiredService<SlackSender>());
        services.AddSingleton<IMessageSender>(static provider => provider.GetRequiredService<MailSender>());
        services.AddSingleton<ITestableChannel>(static provider => provider.GetRequiredService<SlackSender>());
        services.AddSingleton<ITestableChannel>(static provider => provider.GetRequiredService<MailSender>());
        return services;
    }

    /// <summary>Maps the endpoints.</summary>
    public static void MapNotifications(this WebApplication app, IEndpointRouteBuilder api)
    {
        app.Services.GetRequiredService<ChannelTestEndpoint>().Map(api);
        app.Services.GetRequiredService<SlackEndpoint>().Map(api);
        app.Services.GetRequiredService<ReviewPageEndpoints>().Map(app);
    }
}
