using Tracira.Storage.LiteDB;

namespace Tracira;

/// <summary>Chooses LiteDB.</summary>
public static class TraciraBuilderExtensions
{
    /// <summary>Keeps everything in one LiteDB file.</summary>
    /// <param name="builder">Where the choice is made.</param>
    /// <param name="path">The file, made where there is none; its folder must exist.</param>
    public static TraciraBuilder UseLiteDB(this TraciraBuilder builder, string path) => builder.UseStore(_ => LiteDBStore.Open(path));
}
