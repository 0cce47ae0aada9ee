using System.Text.Json;
using Tracira.Server.Auth;
using Tracira.Server.Hosting;

namespace Tracira.Server.Api;

/// <summary>Whose token it is, and which models there are to choose from.</summary>
internal sealed class UtilityEndpoints(ServerOptions options)
{
    public void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/verify", Verify).Requires(Permissions.None).Describe("verify", "Utilities", "Verify a webhook token").Returns<VerifyAnswer>(200).Fails(401);
        api.MapGet("/models", Models)
            .AllowAnonymous()
            .Describe("listModels", "Utilities", "List preset model names")
            .Returns<IReadOnlyList<ModelItem>>(200);
    }

    private static Task Verify(HttpContext http) =>
        Answers.Json(http, 200, new VerifyAnswer(Caller.Of(http).Workspace.Name), ApiJson.Wire.VerifyAnswer);

    // The presets are a file so that an operator can have other ones: models.json in the data folder goes before ours.
    private async Task Models(HttpContext http)
    {
        string own = Path.Combine(options.DataFolder, "models.json");
        Stream file = File.Exists(own) ? File.OpenRead(own) : typeof(UtilityEndpoints).Assembly.GetManifestResourceStream("models.json")!;
        await using (file.ConfigureAwait(false))
        {
            IReadOnlyList<ModelItem>? models = await JsonSerializer
                .DeserializeAsync(file, ApiJson.Wire.IReadOnlyListModelItem, http.RequestAborted).ConfigureAwait(false);
            await Answers.Json(http, 200, models ?? [], ApiJson.Wire.IReadOnlyListModelItem).ConfigureAwait(false);
        }
    }
}
