using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Tracira.Server.Hosting;

/// <summary>
/// The dashboard's files, which are part of the executable, each as it is, with brotli and with gzip. Those under <c>assets</c> have a hash
/// of their content in their names, so that a browser need never ask for one again; the page that names them is asked for every time.
/// </summary>
internal static class DashboardFiles
{
    private const string Prefix = "dashboard/";
    private const string Page = "index.html";
    private const string Forever = "public, max-age=31536000, immutable";
    private const string AskAgain = "no-cache";

    // Everything from here and nothing written into the page. What is shown of a log's files comes from here too: links to media are our own.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tracira";

    private static readonly string[] Pages =
    [
        "/", "/setup", "/invitation", "/sign-in", "/start", "/overview", "/queue", "/logs", "/logs/{id}", "/rules", "/rules/{id}", "/projects", "/deliveries",
        "/settings", "/settings/{section}",
    ];

    private static readonly string[] Loose = ["favicon.svg", "licences.txt"];

    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".html"] = "text/html",
        [".js"] = "text/javascript",
        [".css"] = "text/css",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary();

    private static readonly FrozenSet<string> Names = typeof(DashboardFiles).Assembly.GetManifestResourceNames().ToFrozenSet();
    private static readonly ConcurrentDictionary<string, DashboardFile> Files = new();

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (string page in Pages)
            routes.MapGet(page, static http => SendAsync(http, Page, AskAgain)).AllowAnonymous().ExcludeFromDescription();
        foreach (string file in Loose)
            routes.MapGet("/" + file, http => SendAsync(http, file, AskAgain)).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/assets/{name}", static http => SendAsync(http, $"assets/{http.Request.RouteValues["name"]}", Forever))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static Task SendAsync(HttpContext http, string path, string caching)
    {
        HttpResponse response = http.Response;
        if (!Names.Contains(Prefix + path) || !Types.TryGetValue(Path.GetExtension(path), out string? type))
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        DashboardFile file = Files.GetOrAdd(path, static path => DashboardFile.Read(Prefix + path));
        PageFiles.SetHeaders(response, type, Policy);
        response.Headers.CacheControl = caching;
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.ETag = file.Tag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        (string? encoding, byte[] content) = file.For(http.Request.Headers.AcceptEncoding);
        if (encoding is not null)
            response.Headers.ContentEncoding = encoding;
        response.ContentLength = content.Length;
        return response.Body.WriteAsync(content, 0, content.Length, http.RequestAborted);
    }

    /// <summary>A file in all its forms.</summary>
    private sealed record DashboardFile(string Tag, byte[] Plain, byte[]? Brotli, byte[]? Gzip)
    {
        public static DashboardFile Read(string name)
        {
            byte[] plain = ReadResource(name)!;
            return new($"\"{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 12))}\"", plain, ReadResource(name + ".br"), ReadResource(name + ".gz"));
        }

        public (string? Encoding, byte[] Content) For(string? accepted)
        {
            accepted ??= "";
            return Brotli is not null && accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? ("br", Brotli)
                : Gzip is not null && accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? ("gzip", Gzip)
                : (null, Plain);
        }

        private static byte[]? ReadResource(string name)
        {
            if (!Names.Contains(name))
                return null;
            using Stream content = typeof(DashboardFiles).Assembly.GetManifestResourceStream(name)!;
            byte[] bytes = new byte[content.Length];
            content.ReadExactly(bytes);
            return bytes;
        }
    }
}
