using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tracira.Server.Media;

/// <summary>A file as a caller sent it with a log. Its faults have been gathered; whether a key leads to a file is not known yet.</summary>
/// <param name="Field">The field it came in, for faults found later.</param>
/// <param name="Role">Whether the AI was given it or made it.</param>
internal sealed record SentAttachment(string Field, AttachmentRole Role)
{
    /// <summary>How it comes.</summary>
    public AttachmentSource Source { get; init; }

    /// <summary>Its name, where it was sent with one.</summary>
    public string? Filename { get; init; }

    /// <summary>Where to fetch it.</summary>
    public Uri? Url { get; init; }

    /// <summary>The file of ours that it is.</summary>
    public MediaKey? Key { get; init; }

    /// <summary>The JSON string that holds it in base64, for as long as the request is there.</summary>
    public JsonElement Data { get; init; }

    /// <summary>What kind of file the data is.</summary>
    public string? ContentType { get; init; }

    /// <summary>What tells it from other files: its address, its key, or a digest of its data.</summary>
    public string Identity { get; init; } = "";

    /// <summary>What the log says of it before anything is stored.</summary>
    public Attachment Describe() => new(
        Filename ?? (Url is not null ? MediaName.OfUrl(Url) : Key is not null ? Key.Name : MediaName.Unnamed), ContentType ?? MediaKind.Unknown, Role)
    {
        SourceUrl = Url?.OriginalString,
    };

    /// <summary>
    /// Tells one list of files from another. No part of it has a line end, so that no two lists run together to the same text.
    /// </summary>
    public static string DigestOf(IReadOnlyList<SentAttachment> sent)
    {
        var text = new StringBuilder();
        foreach (SentAttachment attachment in sent)
            text.Append($"{attachment.Role}\n{attachment.Source}\n{attachment.Filename}\n{attachment.Identity.ReplaceLineEndings("")}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
