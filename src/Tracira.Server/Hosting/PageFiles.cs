namespace Tracira.Server.Hosting;

/// <summary>The files in <c>Pages</c>, which are part of the executable.</summary>
internal static class PageFiles
{
    /// <summary>Answers with a file.</summary>
    public static async Task SendAsync(HttpContext http, string file, string type, string policy)
    {
        HttpResponse response = http.Response;
        SetHeaders(response, type, policy);
        Stream content = typeof(PageFiles).Assembly.GetManifestResourceStream(file)!;
        await using (content.ConfigureAwait(false))
        {
            response.ContentLength = content.Length;
            await content.CopyToAsync(response.Body, http.RequestAborted).ConfigureAwait(false);
        }
    }

    /// <summary>Says what an answer is and what a browser may do with it.</summary>
    public static void SetHeaders(HttpResponse response, string type, string policy)
    {
        response.ContentType = type + "; charset=utf-8";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer"; // the address of a page holds the token or signature that lets in
    }
}
