using System.CommandLine;
using Tracira.Server.Cli;
using Tracira.Server.Hosting;

if (args is ["serve", ..])
{
    _ = Task.Run(static () =>
    {
        StartMemory.PopulateHeap();
        StartMemory.PopulateTables();
        MethodNames.Load();
    });
}

ParseResult parsed = TraciraCommand.Create().Parse(args);

// The host has its own handling of SIGTERM, which drains before it ends; the command line's, which ends after two seconds, must not cut
// it short. And exit code 1 says "flagged": what cannot be run is 2.
int exitCode = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
return parsed.Errors.Count > 0 ? CommandActions.Failure : exitCode;
