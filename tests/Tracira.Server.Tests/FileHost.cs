using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tracira.Server.Tests;

/// <summary>Somebody else's server, on the loopback, that files are fetched from.</summary>
internal sealed class FileHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _files = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();

    private FileHost()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static (KestrelServerOptions kestrel) => kestrel.Listen(IPAddress.Loopback, 0));
        _app = builder.Build();
        _app.Run(http =>
        {
            string path = http.Request.Path;
            _asked.AddOrUpdate(path, 1, static (_, count) => count + 1);
            if (_files.TryGetValue(path, out RequestDelegate? file))
                return file(http);
            http.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
    }

    public static async Task<FileHost> StartAsync()
    {
        var host = new FileHost();
        await host._app.StartAsync();
        return host;
    }

    /// <summary>Has it answer a path.</summary>
    /// <returns>The whole address.</returns>
    public string Serve(string path, RequestDelegate file)
    {
        _files[path] = file;
        return AddressOf(path);
    }

    /// <summary>Has it serve a file.</summary>
    /// <returns>The whole address.</returns>
    public string Serve(string path, byte[] content, string? contentType = null, params (string Name, string Value)[] headers) => Serve(path, async http =>
    {
        http.Response.ContentType = contentType;
        foreach ((string name, string value) in headers)
            http.Response.Headers[name] = value;
        http.Response.ContentLength = content.Length;
        await http.Response.Body.WriteAsync(content);
    });

    public string AddressOf(string path) => _app.Urls.First() + path;

    /// <summary>How often a path was asked for.</summary>
    public int Asked(string path) => _asked.GetValueOrDefault(path);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
