namespace Tracira.Server.Api;

/// <summary>Where and how to send a file, for as many seconds as it says.</summary>
internal sealed record UploadAnswer(
    string UploadUrl, string Key, string ContentType, string Method, IReadOnlyDictionary<string, string> Headers, int ExpiresIn, long MaxBytes);

/// <summary>Where a file can be fetched without credentials for some minutes.</summary>
internal sealed record MediaUrlAnswer(string Url, string Key, string Filename, string ContentType);
