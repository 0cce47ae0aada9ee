using BenchmarkDotNet.Attributes;

namespace Tracira.Benchmarks;

/// <summary>
/// The contenders inside this process under BenchmarkDotNet: time and memory of a pass over a hundred outputs. Those in C++, and the ratios
/// of one run, are in the table of <c>eng/bench.sh</c>.
/// </summary>
[InProcess]
[MemoryDiagnoser]
[WarmupCount(3)]
[IterationCount(5)]
public class RulePasses
{
    private const int Apart = 20;

    /// <summary>Each contender in each row.</summary>
    public static IEnumerable<ContenderCase> Cases() => RuleRow.All(new SampleOutputs(RuleBenchmark.Seed))
        .SelectMany(static row => Contender.For(row).Select(contender => new ContenderCase(row, contender.Name, contender.Create, Apart)));

    /// <summary>One pass.</summary>
    [Benchmark]
    [ArgumentsSource(nameof(Cases))]
    public int Pass(ContenderCase contender) => contender.Pass();
}

/// <summary>A contender in a row, which is not made before it is its turn.</summary>
public sealed class ContenderCase
{
    private readonly string _name;
    private readonly int[] _texts;
    private readonly Lazy<Contender> _contender;

    internal ContenderCase(RuleRow row, string name, Func<Contender> create, int apart)
    {
        _name = $"{row.Name}, {name.Replace("`", "", StringComparison.Ordinal)}";
        _texts = [.. Enumerable.Range(0, row.Texts.Count).Where(text => text % apart == 0)];
        _contender = new Lazy<Contender>(create);
    }

    /// <summary>Evaluates every output of the pass.</summary>
    public int Pass() => RuleTimer.Pass(_contender.Value, _texts);

    /// <inheritdoc/>
    public override string ToString() => _name;
}
