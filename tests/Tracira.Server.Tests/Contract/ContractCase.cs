using System.Text.RegularExpressions;

namespace Tracira.Server.Tests.Contract;

/// <summary>One promise of the contract: a call, and how it is answered.</summary>
/// <param name="Route">Method and path, as /openapi/v1.json has them.</param>
/// <param name="Status">The status of the answer.</param>
/// <param name="What">What about the call makes the answer so.</param>
/// <param name="Request">Sets the scene and says what to send.</param>
internal sealed partial record ContractCase(string Route, int Status, string What, Func<Scene, Task<Call>> Request)
{
    /// <summary>The code of an error.</summary>
    public string? Code { get; init; }

    /// <summary>Every field that a bad request's answer names.</summary>
    public string[] Fields { get; init; } = [];

    /// <summary>The name of the golden file; null where the answer's words depend on the route and its form is enough.</summary>
    public string? Golden { get; init; }

    public string Name => $"{Route} {Status} {What}";

    public string Method => Route.Split(' ')[0];

    private string Path => Route.Split(' ')[1];

    /// <summary>Whom the route lets in.</summary>
    public Who LetsIn => AuthorisationMatrixTests.Table.Single(route => $"{route.Method} {route.Path}" == Route).LetsIn;

    /// <summary>Whether the path names something of a workspace.</summary>
    public bool IsAboutOne => Path.Contains("{id}", StringComparison.Ordinal) || Path.Contains("{key}", StringComparison.Ordinal);

    public static ContractCase Good(string route, int status, Func<Scene, Task<Call>> request, string what = "when all is well") =>
        new(route, status, what, request) { Golden = FileName($"{route} {status} {what}") };

    public static ContractCase Good(string route, int status, Func<Scene, Call> request, string what = "when all is well") =>
        Good(route, status, scene => Task.FromResult(request(scene)), what);

    public static ContractCase Bad(string route, int status, string code, string what, Func<Scene, Task<Call>> request) =>
        new(route, status, what, request) { Code = code, Golden = FileName($"{route} {status} {what}") };

    public static ContractCase Bad(string route, int status, string code, string what, Func<Scene, Call> request) =>
        Bad(route, status, code, what, scene => Task.FromResult(request(scene)));

    /// <summary>A request whose every fault is named at once.</summary>
    public static ContractCase Faulty(string route, string[] fields, Func<Scene, Task<Call>> request, string what = "with faults, all named at once") =>
        Bad(route, 400, "invalid_request", what, request) with { Fields = fields };

    public static ContractCase Faulty(string route, string[] fields, Func<Scene, Call> request, string what = "with faults, all named at once") =>
        Faulty(route, fields, scene => Task.FromResult(request(scene)), what);

    /// <summary>Sets the scene and puts the call together.</summary>
    public async Task<PreparedCall> PrepareAsync(Scene scene)
    {
        Call call = await Request(scene);
        (string, string)[] headers = [.. await (call.From ?? scene).HeadersOfAsync(call.By ?? Usual), .. call.Headers];
        var address = new Uri(call.Server ?? scene.Stage.Address, Placeholder().Replace(Path, call.Id) + call.Query);
        return new PreparedCall(new HttpMethod(Method), address, call.Body, call.ContentType, headers, call.AtOnce);
    }

    // The least that the route asks for.
    private Who Usual => new[] { Who.WithNothing, Who.WithFullToken, Who.WithManageKey, Who.Admin }.First(who => LetsIn.HasFlag(who));

    private static string FileName(string name) => NotForFiles().Replace(name.Replace("/api/", "", StringComparison.Ordinal), "-").Trim('-').ToLowerInvariant();

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotForFiles();
}
