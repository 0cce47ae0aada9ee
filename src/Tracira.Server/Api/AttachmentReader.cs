using System.Security.Cryptography;
using Tracira.Server.Hosting;
using Tracira.Server.Media;
using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

/// <summary>Reads the files that come with a log, and holds them to size and kind.</summary>
internal sealed class AttachmentReader(OutboundGuard guard, ServerOptions options)
{
    private const int MaxUrl = 2_000;
    private const int MaxFilename = 500;

    private static readonly WireEnum<AttachmentSource> Sources = new(
        (AttachmentSource.Url, "url"), (AttachmentSource.Upload, "upload"), (AttachmentSource.Uploaded, "uploaded"), (AttachmentSource.Stored, "stored"));

    /// <summary>Reads both lists; files with faults are left out.</summary>
    /// <param name="fields">The log's fields, which gather the faults.</param>
    /// <param name="tooLarge">Where files that are nothing but too large are gathered: that alone has a status of its own.</param>
    public IReadOnlyList<SentAttachment> Read(FieldReader fields, List<FieldError> tooLarge)
    {
        return [.. ReadList("attachments", AttachmentRole.Input), .. ReadList("outputAttachments", AttachmentRole.Output)];

        IEnumerable<SentAttachment> ReadList(string name, AttachmentRole role) =>
            fields.Objects(name).Select((item, index) => Read(item, new SentAttachment($"{name}[{index}]", role), tooLarge)).OfType<SentAttachment>();
    }

    private SentAttachment? Read(FieldReader item, SentAttachment sent, List<FieldError> tooLarge)
    {
        string? filename = item.Text("filename");
        if (filename?.Length > MaxFilename)
            item.Fault("filename", $"has {filename.Length:N0} characters; at most {MaxFilename} are accepted");
        if (!Sources.TryParse(item.Required("source"), out AttachmentSource source))
        {
            item.Fault("source", $"must be one of {Sources.All}");
            return null;
        }

        sent = sent with { Source = source, Filename = string.IsNullOrWhiteSpace(filename) ? null : MediaName.Clean(filename) };
        return source switch
        {
            AttachmentSource.Url => ReadUrl(item, sent),
            AttachmentSource.Upload => ReadData(item, sent, tooLarge),
            AttachmentSource.Uploaded => ReadKey(item, sent, "key", item.Required("key")),
            _ => item.Has("key") || !item.Has("url") ? ReadKey(item, sent, "key", item.Required("key")) : ReadKey(item, sent, "url", item.Required("url")),
        };
    }

    private SentAttachment? ReadUrl(FieldReader item, SentAttachment sent)
    {
        string text = item.Required("url");
        string? fault = text.Length > MaxUrl || !Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            ? $"must be an absolute http or https address of at most {MaxUrl:N0} characters"
            : guard.Check(url);
        if (fault is null)
            return sent with { Url = new Uri(text), Identity = text };
        item.Fault("url", fault);
        return null;
    }

    private static SentAttachment? ReadKey(FieldReader item, SentAttachment sent, string name, string text)
    {
        if (MediaKey.ParseSource(text) is { } key && key.IsUpload == (sent.Source == AttachmentSource.Uploaded))
            return sent with { Key = key, Identity = key.ToString() };
        item.Fault(name, sent.Source == AttachmentSource.Uploaded
            ? "must be a key that POST /api/uploads gave"
            : "must be the key or the address of an earlier log's file");
        return null;
    }

    // The data is decoded twice, here to know it and later to store it, which costs some milliseconds and no memory.
    private SentAttachment? ReadData(FieldReader item, SentAttachment sent, List<FieldError> tooLarge)
    {
        string? declared = item.Text("contentType");
        if (item.RawText("data") is not { } data)
            return null;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[16 * 1024];
        byte[] head = [];
        long bytes = 0;
        try
        {
            using var content = new Base64Stream(data);
            int read;
            while (bytes <= options.AttachmentBytes && (read = content.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)) > 0)
            {
                if (bytes == 0)
                    head = buffer[..Math.Min(read, MediaKind.HeadBytes)];
                hash.AppendData(buffer, 0, read);
                bytes += read;
            }
        }
        catch (FormatException)
        {
            item.Fault("data", "must be the file in base64");
            return null;
        }

        if (bytes == 0)
            item.Fault("data", "must not be empty");
        else if (bytes > options.AttachmentBytes)
            tooLarge.Add(new(sent.Field, $"is larger than {options.AttachmentBytes:N0} bytes, the most that is accepted (setting Limits:AttachmentBytes)"));
        else if (MediaKind.Detect(head, declared, sent.Filename ?? "") is not { } type)
            item.Fault(MediaKind.Refusal);
        else
            return sent with { Data = data, ContentType = type, Identity = Convert.ToHexStringLower(hash.GetHashAndReset()) };
        return null;
    }
}
