namespace Tracira.Server.Api;

/// <summary>The body of every error answer.</summary>
/// <param name="Error">What went wrong and the way out, as a sentence.</param>
/// <param name="Code">The same for machines.</param>
/// <param name="Fields">For a bad request: each field to be mended, and why.</param>
internal sealed record ApiError(string Error, string Code, IReadOnlyDictionary<string, string>? Fields = null);
