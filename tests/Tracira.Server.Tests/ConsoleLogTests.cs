using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Shouldly;
using Tracira.Server.Hosting;
using Xunit;

namespace Tracira.Server.Tests;

public sealed class ConsoleLogTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\u0085")]
    [InlineData("\u2028")]
    public void An_entry_stays_on_one_line_whatever_a_client_put_into_it(string lineEnd)
    {
        using var written = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Warning, "Tracira.Media", 7, $"no such file{lineEnd}2026-01-01 info: all is well", new IOException($"gone{lineEnd}away"), static (text, _) => text);

        new ConsoleLog().Write(entry, null, written);

        written.ToString().ShouldEndWith(Environment.NewLine);
        string line = written.ToString()[..^Environment.NewLine.Length];
        line.ShouldBe(line.ReplaceLineEndings(" "));
        line.ShouldContain("Z warn: Tracira.Media[7] no such file 2026-01-01 info: all is well System.IO.IOException: gone away");
    }
}
