using System.CommandLine;

namespace Tracira.Server.Cli;

/// <summary>The command line: <c>tracira serve</c> and its kin.</summary>
internal static class TraciraCommand
{
    public static RootCommand Create() =>
        new("Checks AI outputs against rules, keeps every verdict, and holds the flagged ones for a person.")
        {
            ServeCommand.Create(),
            EvaluateCommand.Create(),
            RulesCommand.Create(),
            ExportCommand.Create(),
            DeliveriesCommand.Create(),
            WorkspaceCommand.Create(),
            TokenCommand.Create(),
            UserCommand.Create(),
            VersionCommand.Create(),
        };
}
