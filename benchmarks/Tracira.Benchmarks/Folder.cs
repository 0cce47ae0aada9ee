namespace Tracira.Benchmarks;

/// <summary>Where a benchmark keeps its data: a folder that was named and stays, or one that goes with the benchmark.</summary>
internal sealed class Folder : IDisposable
{
    private readonly bool _isTemporary;

    public Folder(DirectoryInfo? named)
    {
        _isTemporary = named is null;
        Path = named is null ? Directory.CreateTempSubdirectory("tracira-bench-").FullName : named.FullName;
        Directory.CreateDirectory(Path);
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose()
    {
        if (_isTemporary)
            Directory.Delete(Path, recursive: true);
    }
}
