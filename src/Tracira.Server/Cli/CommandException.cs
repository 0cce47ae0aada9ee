namespace Tracira.Server.Cli;

/// <summary>Thrown when a command cannot do what it was told; the message is for the user.</summary>
internal sealed class CommandException(string message) : Exception(message);
