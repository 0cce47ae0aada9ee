using System.CommandLine;

namespace Tracira.Server.Cli;

/// <summary><c>tracira export</c>: logs as a file, whether the server is running or not.</summary>
internal static class ExportCommand
{
    private static readonly (string Flag, string Parameter, string HelpName, string Description)[] Parameters =
    [
        ("--format", "format", "FORMAT", "jsonl or csv [default: jsonl]"),
        ("--project", "project", "NAME", "Only logs of this project"),
        ("--task", "task", "NAME", "Only logs of this task"),
        ("--status", "status", "STATUS", "Only logs of this status: pending, pass, flagged or error"),
        ("--pending", "pending", "BOOL", "true for undecided flagged or error logs only"),
        ("--session", "sessionId", "ID", "Only logs of this session"),
        ("--subject", "subjectId", "ID", "Only logs about this subject"),
        ("--actor", "actorId", "ID", "Only logs of this actor"),
        ("--output-text", "text", "TEXT", "Only logs with this text in the output"),
        ("--text", "q", "TEXT", "Only logs with this text in project, task, model, session, subject or actor"),
        ("--tags", "tags", "TAGS", "Only logs that carry all of these tags, separated by commas"),
        ("--from", "from", "TIME", "Only logs dated at or after this moment, ISO 8601"),
        ("--to", "to", "TIME", "Only logs dated before this moment, ISO 8601"),
    ];

    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "File to write; - for standard output", DefaultValueFactory = static _ => "-" };
        var command = new Command("export", "Write all logs, or those that a filter matches, as JSON lines or CSV") { file };
        (Option<string?> Option, string Parameter)[] options =
        [
            .. Parameters.Select(static parameter => (
                new Option<string?>(parameter.Flag) { HelpName = parameter.HelpName, Description = parameter.Description }, parameter.Parameter)),
        ];
        foreach ((Option<string?> option, _) in options)
            command.Add(option);
        command.RunsInWorkspace((client, parsed, cancellationToken) =>
        {
            string query = string.Join('&', options
                .Where(option => parsed.GetValue(option.Option) is not null)
                .Select(option => $"{option.Parameter}={Uri.EscapeDataString(parsed.GetValue(option.Option)!)}"));
            return WriteAsync(client, $"/api/logs/export?{query}", parsed.GetValue(file)!, cancellationToken);
        });
        return command;
    }

    // Half a file must not look like a whole one.
    private static async Task WriteAsync(OperatorClient client, string path, string file, CancellationToken cancellationToken)
    {
        if (file == "-")
        {
            Stream output = Console.OpenStandardOutput();
            await using (output.ConfigureAwait(false))
            {
                await client.DownloadAsync(path, output, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        string part = file + ".part";
        try
        {
            FileStream output = File.Create(part);
            await using (output.ConfigureAwait(false))
            {
                await client.DownloadAsync(path, output, cancellationToken).ConfigureAwait(false);
            }

            File.Move(part, file, overwrite: true);
        }
        finally
        {
            File.Delete(part);
        }
    }
}
