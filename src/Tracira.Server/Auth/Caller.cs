namespace Tracira.Server.Auth;

/// <summary>Who makes a request, once that is known.</summary>
/// <param name="Workspace">The workspace the request is about.</param>
/// <param name="IsOperator">Whether it came through the data folder's own socket: from somebody who could read the files anyway.</param>
internal sealed record Caller(Workspace Workspace, bool IsOperator)
{
    public static Caller Of(HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("The endpoint was reached without authentication.");
}
