using System.Globalization;
using CsCheck;
using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>
/// Holds the engine against the reference over drawn cases: 100,000 of one set of rules and one text in a run, or as many as
/// <c>TRACIRA_PROPERTY_CASES</c> says. A failure prints the seed for <c>CsCheck_Seed</c> and the smallest case that still fails.
/// </summary>
internal static class Property
{
    private const int MaxSize = 60;
    private const int Threads = 4;

    private static readonly int Cases =
        int.TryParse(Environment.GetEnvironmentVariable("TRACIRA_PROPERTY_CASES"), NumberStyles.None, CultureInfo.InvariantCulture, out int cases) ? cases : 100_000;

    /// <summary>Draws cases and compares.</summary>
    /// <param name="percent">The property's share of all cases.</param>
    /// <param name="make">Makes a case.</param>
    public static void Holds(int percent, Func<Draw, Case> make) => Drawn(make).Sample(
        static drawn => Agreement.Difference(drawn) is null, iter: Share(percent), print: Agreement.Explain);

    /// <summary>Draws cases and compares on several threads at once over one set of rules.</summary>
    public static void HoldsOnManyThreads(int percent, Func<Draw, Case> make) => Drawn(make).Sample(
        static drawn =>
        {
            RuleSet rules = Agreement.Compile(drawn.Rules);
            Func<Input, ReferenceOutcome>[] references = Agreement.References(drawn.Rules);
            return Enumerable.Range(0, Threads * drawn.Inputs.Count).AsParallel().WithDegreeOfParallelism(Threads)
                .All(turn => Agreement.Difference(rules, references, drawn.Inputs[turn % drawn.Inputs.Count], new Evaluation()) is null);
        },
        iter: Share(percent) / Threads,
        threads: 1,
        print: Agreement.Explain);

    /// <summary>Drawn cases, the simpler the smaller their size.</summary>
    public static Gen<Case> Drawn(Func<Draw, Case> make) => Gen.Select(Gen.Int[1, MaxSize], Gen.Int).Select((size, seed) => make(new Draw(seed, size)));

    /// <summary>How many sets of rules a share of the cases is.</summary>
    public static int Share(int percent) => Math.Max(1, Cases / 100 * percent / Case.Texts);
}
