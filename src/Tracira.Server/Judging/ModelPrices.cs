using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Tracira.Server.Hosting;

namespace Tracira.Server.Judging;

/// <summary>What models cost: a file that is easy to edit. <c>prices.json</c> in the data folder goes before ours. Read once.</summary>
internal sealed partial class ModelPrices
{
    private readonly Lazy<Dictionary<string, ModelPrice>> _prices;

    /// <exception cref="IOException">The file in the data folder cannot be read.</exception>
    public ModelPrices(ServerOptions options)
    {
        string own = Path.Combine(options.DataFolder, "prices.json");
        bool hasOwn = File.Exists(own);
        _prices = new(() => hasOwn ? Read(own) : Load(typeof(ModelPrices).Assembly.GetManifestResourceStream("prices.json")!));
        if (hasOwn)
            _ = _prices.Value; // what is wrong with it is told at the start, not with the first verdict
    }

    /// <summary>What a call took; null where the provider did not say.</summary>
    public JudgeUsage? Price(string model, UsageDetails? usage)
    {
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null))
            return null;
        long input = usage.InputTokenCount ?? 0;
        long output = usage.OutputTokenCount ?? 0;
        ModelPrice? price = _prices.Value.GetValueOrDefault(model) ?? _prices.Value.GetValueOrDefault(Date().Replace(model, ""));
        return new JudgeUsage(input, output, price is null || input > price.MaxInputTokens ? null
            : ((input * price.InputPerMillion) + (output * price.OutputPerMillion)) / 1_000_000);
    }

    private static Dictionary<string, ModelPrice> Read(string path)
    {
        try
        {
            return Load(File.OpenRead(path));
        }
        catch (JsonException exception)
        {
            throw new IOException(
                $"{path} is no list of prices such as [{{\"model\":\"…\",\"inputPerMillion\":0.4,\"outputPerMillion\":1.6}}]: {exception.Message}", exception);
        }
    }

    private static Dictionary<string, ModelPrice> Load(Stream file)
    {
        using (file)
        {
            var byModel = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);
            foreach (ModelPrice? price in JsonSerializer.Deserialize(file, PriceJson.Default.IReadOnlyListModelPrice) ?? [])
                byModel[price?.Model ?? throw new JsonException("A price names no model.")] = price;
            return byModel;
        }
    }

    // A model's name with the day it was made costs what the name costs.
    [GeneratedRegex(@"-20\d\d-?\d\d-?\d\d$")]
    private static partial Regex Date();
}

/// <summary>What a model costs, in US dollars for a million tokens.</summary>
internal sealed record ModelPrice(string Model, double InputPerMillion, double OutputPerMillion)
{
    /// <summary>The longest prompt that this is the price of, in tokens; null where it is that of any.</summary>
    public long? MaxInputTokens { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(IReadOnlyList<ModelPrice>))]
internal sealed partial class PriceJson : JsonSerializerContext;
