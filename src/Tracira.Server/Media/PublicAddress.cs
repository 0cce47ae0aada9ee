using Tracira.Server.Hosting;

namespace Tracira.Server.Media;

internal static class PublicAddress
{
    /// <summary>Makes an address of ours absolute: as the setting PublicUrl says, else as the client asked for us.</summary>
    public static string Absolute(this HttpContext http, ServerOptions options, string path) =>
        (options.PublicUrl ?? $"{http.Request.Scheme}://{http.Request.Host}") + path;
}
