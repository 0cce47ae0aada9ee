using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Tracira.Server.Hosting;

/// <summary>
/// A log entry on a line of its own: when, how grave, who, what. Whatever a client put into it, an entry cannot look like two. The
/// framework's simple console says the same, but brings two more formats and fifty services with it, a tenth of a start.
/// </summary>
internal sealed class ConsoleLog() : ConsoleFormatter("line")
{
    /// <summary>Makes what writes entries to standard output.</summary>
    public static ILoggerProvider CreateProvider()
    {
        var formatter = new ConsoleLog();
        return new ConsoleLoggerProvider(new Fixed(new ConsoleLoggerOptions { FormatterName = formatter.Name }), [formatter]);
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        string message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        textWriter.Write($"{DateTime.UtcNow:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(logEntry.LogLevel)}: {logEntry.Category}[{logEntry.EventId.Id}] ");
        textWriter.WriteLine(OneLine(logEntry.Exception is null ? message : $"{message} {logEntry.Exception}"));
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };

    private sealed class Fixed(ConsoleLoggerOptions options) : IOptionsMonitor<ConsoleLoggerOptions>
    {
        public ConsoleLoggerOptions CurrentValue => options;

        public ConsoleLoggerOptions Get(string? name) => options;

        public IDisposable? OnChange(Action<ConsoleLoggerOptions, string?> listener) => null;
    }
}
