namespace Tracira.Server.Auth.People;

/// <summary>
/// Tells whether a request that a browser sent with its cookies was made by our own pages. Browsers say so themselves, in headers that
/// pages cannot set.
/// </summary>
internal static class SameOrigin
{
    /// <summary>What to do about a request that is refused.</summary>
    public const string Expected =
        "A change made with a session must come from Tracira's own pages: send Sec-Fetch-Site: same-origin, or an Origin that is this server's address.";

    /// <summary>Whether the request cannot do harm, or has the proof.</summary>
    public static bool IsProvenBy(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
            return true;
        string? site = request.Headers["Sec-Fetch-Site"];
        if (!string.IsNullOrEmpty(site))
            return site == "same-origin";
        return string.Equals(request.Headers.Origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
