namespace Tracira.Server.Outbound.Slack;

/// <summary>What a button is about. It goes to Slack with the message and comes back with a click.</summary>
internal sealed record SlackSubject(string WorkspaceId, string LogId)
{
    // Neither ids of workspaces nor those of logs can have one.
    private const char Between = '/';

    public static SlackSubject? Parse(string? text)
    {
        int at = text?.IndexOf(Between, StringComparison.Ordinal) ?? -1;
        return at > 0 ? new SlackSubject(text![..at], text[(at + 1)..]) : null;
    }

    public override string ToString() => $"{WorkspaceId}{Between}{LogId}";
}
