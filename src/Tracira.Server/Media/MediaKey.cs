using System.Buffers;

namespace Tracira.Server.Media;

/// <summary>
/// Where a file is kept: <c>workspace/log/0-name.pdf</c> for a log's, <c>workspace/uploads/id/name.pdf</c> for one that no log has taken yet.
/// A key has only letters, digits and <c>. _ : -</c> between its slashes, so that no spelling of a path leads out of where it points.
/// </summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="OwnerId">The log it belongs to, or the upload's own id.</param>
/// <param name="Name">The last part.</param>
/// <param name="IsUpload">Whether no log has it yet.</param>
internal sealed record MediaKey(string WorkspaceId, string OwnerId, string Name, bool IsUpload)
{
    private const string Uploads = "uploads";
    private const string Folder = "/media/"; // of the links as well as of the API
    private const int MaxLength = 500;

    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:-/");

    /// <summary>The key of a log's file.</summary>
    public static MediaKey OfLog(string workspaceId, string logId, int index, string filename) =>
        new(workspaceId, logId, $"{index}-{MediaName.InKey(filename)}", false);

    /// <summary>The key of an upload.</summary>
    public static MediaKey OfUpload(string workspaceId, string uploadId, string filename) =>
        new(workspaceId, uploadId, MediaName.InKey(filename), true);

    /// <summary>What the keys of a log's files begin with, and perhaps those of uploads: <see cref="IsUpload"/> tells them apart.</summary>
    public static string PrefixOf(string workspaceId, string logId) => $"{workspaceId}/{logId}/";

    /// <summary>Reads a key.</summary>
    /// <returns>Null where it is none.</returns>
    public static MediaKey? Parse(string? text)
    {
        if (text is null || text.Length > MaxLength || text.AsSpan().ContainsAnyExcept(Characters))
            return null;
        string[] parts = text.Split('/');
        if (parts.Any(static part => part is "" or "." or ".."))
            return null;
        return parts switch
        {
            [string workspace, string log, string name] => new MediaKey(workspace, log, name, false),
            [string workspace, Uploads, string upload, string name] => new MediaKey(workspace, upload, name, true),
            _ => null,
        };
    }

    /// <summary>Reads what a client calls a file: its key, or an address of ours that leads to it.</summary>
    /// <returns>Null where it is neither.</returns>
    public static MediaKey? ParseSource(string? text)
    {
        if (text is null || Parse(text) is not null)
            return Parse(text);
        string path = Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri.AbsolutePath : text.Split('?')[0];
        int media = path.IndexOf(Folder, StringComparison.Ordinal);
        return media < 0 ? null : Parse(path[(media + Folder.Length)..]);
    }

    /// <summary>The key as it is stored and sent.</summary>
    public override string ToString() => IsUpload ? $"{WorkspaceId}/{Uploads}/{OwnerId}/{Name}" : $"{WorkspaceId}/{OwnerId}/{Name}";
}
