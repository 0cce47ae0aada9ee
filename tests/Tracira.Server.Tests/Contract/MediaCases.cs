using static Tracira.Server.Tests.Contract.ContractCase;

namespace Tracira.Server.Tests.Contract;

/// <summary>Files: on their way in, and out.</summary>
internal static class MediaCases
{
    public static ContractCase[] All { get; } =
    [
        Good("POST /api/uploads", 201, static scene => new Call { Body = """{"filename":"a.pdf","contentType":"application/pdf","sizeBytes":"1000"}""" }),
        Faulty("POST /api/uploads", ["contentType", "filename", "sizeBytes"], static scene =>
            new Call { Body = """{"filename":7,"contentType":"application/zip","sizeBytes":1.5}""" }),
        Bad("POST /api/uploads", 413, "payload_too_large", "for a file that is too large", static scene =>
            new Call { Body = """{"filename":"a.pdf","sizeBytes":100000000}""" }) with { Fields = ["sizeBytes"] },

        Good("GET /api/media/{key}", 302, static async scene => new Call { Id = await scene.FileAsync(), Query = "?download=1" }),
        Good("GET /api/media-url", 200, static async scene => new Call { Query = $"?source={await scene.FileAsync()}&filename=b.txt" }),
        Faulty("GET /api/media-url", ["source"], static scene => new Call()),
        Bad("GET /api/media-url", 404, "not_found", "about what is not there", static scene => new Call { Query = $"?source={scene.WorkspaceId}/none/0-a.txt" }),
        Bad("GET /api/media-url", 404, "not_found", "from another workspace", static async scene =>
            new Call { Query = $"?source={await scene.FileAsync()}", From = await scene.NeighbourAsync() }),
    ];
}
