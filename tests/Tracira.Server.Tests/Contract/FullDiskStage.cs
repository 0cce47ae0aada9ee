using System.Runtime.InteropServices;

namespace Tracira.Server.Tests.Contract;

/// <summary>A server whose disk takes no more bytes once every case is set: the kernel lets its files grow no further.</summary>
public sealed class FullDiskStage : ContractStage
{
    private const int FileSize = 1; // RLIMIT_FSIZE
    private const int TooLarge = 25; // SIGXFSZ, which would end the process; what a process ignores its children ignore too
    private const nint Ignore = 1;

    private readonly Dictionary<string, PreparedCall> _calls = [];

    internal PreparedCall this[ContractCase known] => _calls[known.Name];

    public override async Task InitializeAsync()
    {
        _ = SetSignal(TooLarge, Ignore);
        await base.InitializeAsync();
        foreach (ContractCase known in ContractCases.FullDisk)
            _calls[known.Name] = await known.PrepareAsync(await Scene.SetAsync(this));
        var limit = new Limit(1, 1);
        if (SetLimit(Server.Id, FileSize, in limit, 0) != 0)
            throw new InvalidOperationException("The limit cannot be set.");
        await Operator.PostJsonAsync("/api/projects", """{"name":"The first that finds no room"}""");
    }

    private readonly record struct Limit(ulong Soft, ulong Hard);

    [DllImport("libc", EntryPoint = "signal")]
    private static extern nint SetSignal(int signal, nint handler);

    [DllImport("libc", EntryPoint = "prlimit")]
    private static extern int SetLimit(int process, int resource, in Limit limit, nint before);
}
