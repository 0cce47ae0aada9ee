namespace Tracira.Engine.Tests.Cases;

/// <summary>Draws what a case is made of: everything from one seed, and the smaller the size the simpler.</summary>
internal sealed class Draw(int seed, int size)
{
    private readonly Random _random = new(seed);

    /// <summary>How large a case may become, from 1.</summary>
    public int Size { get; } = size;

    /// <summary>A number of at least 0 and below a bound.</summary>
    public int Below(int bound) => _random.Next(bound);

    /// <summary>A number between two others, both included.</summary>
    public int Between(int least, int most) => _random.Next(least, most + 1);

    /// <summary>Whether something of this probability happens.</summary>
    public bool Percent(int probability) => _random.Next(100) < probability;

    /// <summary>One of several things.</summary>
    public T Of<T>(params IReadOnlyList<T> things) => things[_random.Next(things.Count)];

    /// <summary>Several things, between two numbers of them.</summary>
    public List<T> Many<T>(int least, int most, Func<T> make) => [.. Enumerable.Range(0, Between(least, most)).Select(_ => make())];
}
