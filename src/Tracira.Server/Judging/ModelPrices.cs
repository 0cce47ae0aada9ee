using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Tracira.Server.Api;
using Tracira.Server.Hosting;

namespace Tracira.Server.Judging;

/// <summary>What models cost: a file that is easy to edit. <c>prices.json</c> in the data folder goes before ours. Read once.</summary>
internal sealed partial class ModelPrices(ServerOptions options)
{
    private readonly Lazy<Dictionary<string, ModelPrice>> _prices = new(() => Load(options));

    /// <summary>What a call took; null where the provider did not say.</summary>
    public JudgeUsage? Price(string model, UsageDetails? usage)
    {
        if (usage is null || (usage.InputTokenCount is null && usage.OutputTokenCount is null))
            return null;
        long input = usage.InputTokenCount ?? 0;
        long output = usage.OutputTokenCount ?? 0;
        ModelPrice? price = _prices.Value.GetValueOrDefault(model) ?? _prices.Value.GetValueOrDefault(Date().Replace(model, ""));
        return new JudgeUsage(input, output, price is null ? null : ((input * price.InputPerMillion) + (output * price.OutputPerMillion)) / 1_000_000);
    }

    private static Dictionary<string, ModelPrice> Load(ServerOptions options)
    {
        string own = Path.Combine(options.DataFolder, "prices.json");
        using Stream file = File.Exists(own) ? File.OpenRead(own) : typeof(ModelPrices).Assembly.GetManifestResourceStream("prices.json")!;
        IReadOnlyList<ModelPrice> prices = JsonSerializer.Deserialize(file, ApiJson.Wire.IReadOnlyListModelPrice) ?? [];
        var byModel = new Dictionary<string, ModelPrice>(StringComparer.OrdinalIgnoreCase);
        foreach (ModelPrice price in prices)
            byModel[price.Model] = price;
        return byModel;
    }

    // A model's name with the day it was made costs what the name costs.
    [GeneratedRegex(@"-20\d\d-?\d\d-?\d\d$")]
    private static partial Regex Date();
}

/// <summary>What a model costs, in US dollars for a million tokens.</summary>
internal sealed record ModelPrice(string Model, double InputPerMillion, double OutputPerMillion);
