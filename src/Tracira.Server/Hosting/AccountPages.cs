namespace Tracira.Server.Hosting;

/// <summary>The page behind the links for the first admin and for invited people, with what it is made of.</summary>
internal static class AccountPages
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach ((string path, string file, string type) in new[]
        {
            ("/setup", "account.html", "text/html"),
            ("/invitation", "account.html", "text/html"),
            ("/account.js", "account.js", "text/javascript"),
            ("/account.css", "account.css", "text/css"),
        })
            routes.MapGet(path, http => PageFiles.SendAsync(http, file, type, Policy)).AllowAnonymous().ExcludeFromDescription();
    }
}
