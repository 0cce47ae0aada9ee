namespace Tracira.Server.Tests.Contract;

/// <summary>What a case sends to its route.</summary>
internal sealed record Call
{
    /// <summary>What stands in the route's path for the placeholder, where it has one.</summary>
    public string Id { get; init; } = "none";

    /// <summary>The query, from its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>The body; null for none.</summary>
    public string? Body { get; init; }

    public string ContentType { get; init; } = "application/json";

    /// <summary>Who sends it; null for somebody whom the route lets in.</summary>
    public Who? By { get; init; }

    /// <summary>The workspace whose caller sends it; null for the case's own.</summary>
    public Scene? From { get; init; }

    /// <summary>Headers beyond those that say who it is.</summary>
    public (string Name, string Value)[] Headers { get; init; } = [];

    /// <summary>A server of its own that the call goes to; null for the stage's.</summary>
    public Uri? Server { get; init; }

    /// <summary>How many of the same are sent at once; the answer is one that did not go well, where there is one.</summary>
    public int AtOnce { get; init; } = 1;
}
