namespace Tracira.Server.Tests;

/// <summary>A data folder that goes with the test.</summary>
internal sealed class TemporaryServerFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tracira-test-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
