using System.Buffers.Text;
using System.Security.Cryptography;

namespace Tracira.Server.Auth.People;

/// <summary>The secrets of links that let people in.</summary>
internal static class LinkSecret
{
    /// <summary>Draws one: 256 random bits in letters that need no escaping.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
