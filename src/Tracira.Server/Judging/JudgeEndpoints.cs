using Tracira.Server.Hosting;
using Tracira.Server.Settings;

namespace Tracira.Server.Judging;

/// <summary>
/// Chooses whom to ask: what the rule says, else the workspace, else the server's operator. The operator's key never goes to an address
/// that a workspace chose: whoever may change a workspace's settings could have it sent home.
/// </summary>
internal sealed class JudgeEndpoints(SettingsDirectory directory, ServerOptions options)
{
    private static readonly Dictionary<string, (Uri BaseUrl, string Model)> Known = new()
    {
        ["openai"] = (new Uri("https://api.openai.com/v1/"), "gpt-6-luna"),
        ["openrouter"] = (new Uri("https://openrouter.ai/api/v1/"), "openai/gpt-6-luna"),
        ["anthropic"] = (new Uri("https://api.anthropic.com/v1/"), "claude-haiku-5-5"),
    };

    /// <summary>Chooses whom a rule is asked of.</summary>
    /// <exception cref="ProviderException">Nobody is set up; the message names the settings.</exception>
    public async ValueTask<JudgeEndpoint> ChooseAsync(string workspaceId, Rule rule, CancellationToken cancellationToken)
    {
        WorkspaceSettings settings = await directory.GetAsync(workspaceId, cancellationToken).ConfigureAwait(false);
        string provider = rule.JudgeProvider ?? settings.DefaultJudgeProvider ?? options.Judging.Provider
            ?? Known.Keys.FirstOrDefault(name => Find(name, settings) is not null) ?? "openai";
        if (Find(provider, settings) is not { } found)
        {
            throw new ProviderException(
                $"no judge is configured for llm_judge rules: the workspace has no {provider}ApiKey, and the server no Judging:{provider}:ApiKey");
        }

        if ((rule.JudgeModel ?? found.Model) is not { } model)
            throw new ProviderException($"no judge model is configured: set {provider}JudgeModel, or Judging:{provider}:Model on the server");
        return new JudgeEndpoint(provider, found.BaseUrl, found.Key, model, found.IsOperators);
    }

    private (Uri BaseUrl, string Key, string? Model, bool IsOperators)? Find(string provider, WorkspaceSettings settings)
    {
        ProviderOptions? operators = options.Judging.Providers.GetValueOrDefault(provider);
        (string? sealedKey, string? ownModel, string? ownUrl) = provider switch
        {
            "openai" => (settings.SealedOpenaiApiKey, settings.OpenaiJudgeModel, settings.OpenaiBaseUrl),
            "openrouter" => (settings.SealedOpenrouterApiKey, settings.OpenrouterJudgeModel, null),
            _ => (settings.SealedAnthropicApiKey, settings.AnthropicJudgeModel, (string?)null),
        };
        string? ownKey = directory.Open(sealedKey);
        if (ownUrl is not null)
            return (Folder(new Uri(ownUrl)), ownKey ?? "", ownModel, false);

        string? key = ownKey ?? operators?.ApiKey ?? (operators?.BaseUrl is null ? null : "");
        if (key is null)
            return null;
        Uri address = Folder(operators?.BaseUrl ?? Known[provider].BaseUrl);

        // A default model is one that the provider itself has; what runs behind an address of one's own nobody can guess.
        string? model = ownModel ?? operators?.Model ?? (operators?.BaseUrl is null ? Known[provider].Model : null);
        return (address, key, model, operators?.BaseUrl is not null);
    }

    private static Uri Folder(Uri address) => new(address.AbsoluteUri.TrimEnd('/') + "/");
}
