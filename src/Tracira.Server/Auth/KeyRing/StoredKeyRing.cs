using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Auth.KeyRing;

/// <summary>Keeps the framework's Data Protection keys in the store, so that sessions and secrets outlive a restart and move with the data.</summary>
internal sealed partial class StoredKeyRing(ITraciraStore store, ServerOptions options, ILogger<StoredKeyRing> logger) : IXmlRepository
{
    private const string Kind = "data-protection-key";

    private readonly KeyRingSeal? _seal = options.SecretKey is { } secret ? new KeyRingSeal(secret) : null;

    // The framework asks from code that cannot wait; the store answers from memory.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.Records.ListAsync(Kind, "").AsTask().GetAwaiter().GetResult().Select(Read).OfType<XElement>()];

    public void StoreElement(XElement element, string friendlyName)
    {
        string text = element.ToString(SaveOptions.DisableFormatting);
        KeyRingEntry entry = _seal is null ? new KeyRingEntry(text, null) : new KeyRingEntry(null, _seal.Close(friendlyName, text));
        var write = new RecordWrite(Kind, "", friendlyName, JsonSerializer.Serialize(entry, ApiJson.Wire.KeyRingEntry));
        store.Records.WriteAsync([write]).AsTask().GetAwaiter().GetResult();
    }

    // A key that cannot be opened is as good as gone: a new one takes its place, and what the old one protected is lost.
    private XElement? Read(Record record)
    {
        KeyRingEntry entry = JsonSerializer.Deserialize(record.Json, ApiJson.Wire.KeyRingEntry)!;
        if (entry.Xml is not null)
        {
            var element = XElement.Parse(entry.Xml);
            if (_seal is not null)
                StoreElement(element, record.Id); // made before there was a SecretKey
            return element;
        }

        try
        {
            if (_seal is not null)
                return XElement.Parse(_seal.Open(record.Id, entry.Sealed!));
        }
        catch (CryptographicException)
        {
            // Said below.
        }

        LogLocked(logger, record.Id);
        return null;
    }

    [LoggerMessage(1, LogLevel.Error, "The setting SecretKey does not open {Key}: sessions and secrets made with it are lost until the old value is back")]
    private static partial void LogLocked(ILogger logger, string key);
}
