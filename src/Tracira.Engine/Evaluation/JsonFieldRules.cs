namespace Tracira;

/// <summary>
/// The rules about one field. Those that only want its number within bounds are asked together: the bounds are in order, so that only
/// the rules that a number is out of bounds for cost anything.
/// </summary>
internal sealed class JsonFieldRules
{
    private const int Scale = 6; // most numbers and bounds have no more places behind the point, and are compared as whole numbers
    private readonly int[] _rules; // those that look for themselves
    private readonly int[] _bounded;
    private readonly Bound[] _least; // the highest first
    private readonly Bound[] _most; // the lowest first
    private readonly long[]? _scaledLeast; // for each bound the least number that is within, where all of them can be told so
    private readonly long[]? _scaledMost;

    /// <param name="rules">The rules, by their numbers in the set.</param>
    public JsonFieldRules(IEnumerable<(int Rule, JsonCondition Condition)> rules)
    {
        List<int> others = [];
        List<int> bounded = [];
        List<Bound> least = [];
        List<Bound> most = [];
        foreach ((int rule, JsonCondition condition) in rules)
        {
            if (condition.Bounds is not { } bounds)
            {
                if (!condition.TakesAny)
                    others.Add(rule);
                continue;
            }

            bounded.Add(rule);
            if (bounds.Least is { } lowest)
                least.Add(new Bound(lowest, bounds.Excludes ? 0 : -1, rule));
            if (bounds.Most is { } highest)
                most.Add(new Bound(highest, bounds.Excludes ? 0 : 1, rule));
        }

        _rules = [.. others];
        _bounded = [.. bounded];
        _least = [.. least.OrderDescending()];
        _most = [.. most.Order()];
        _scaledLeast = Scaled(_least, 1);
        _scaledMost = Scaled(_most, -1);
    }

    /// <summary>Has the rules look at a value of the field.</summary>
    public void Look(ref JsonCursor value, in JsonLook look)
    {
        foreach (int rule in _rules)
            look.See(rule, ref value);
        if (_bounded.Length == 0)
            return;
        if (!value.IsNumber || !value.TryGetNumber(out ShortDecimal number))
        {
            foreach (int rule in _bounded)
                look.See(rule, ref value);
            return;
        }

        if (_scaledLeast is { } leastWithin && _scaledMost is { } mostWithin && number.TryScale(Scale, out long scaled))
        {
            for (int i = 0; i < leastWithin.Length && scaled < leastWithin[i]; i++)
                look.Fail(_least[i].Rule, value);
            for (int i = 0; i < mostWithin.Length && scaled > mostWithin[i]; i++)
                look.Fail(_most[i].Rule, value);
            return;
        }

        foreach (ref readonly Bound bound in _least.AsSpan())
        {
            if (number.CompareTo(bound.Number) > bound.Tolerance)
                break;
            look.Fail(bound.Rule, value);
        }

        foreach (ref readonly Bound bound in _most.AsSpan())
        {
            if (number.CompareTo(bound.Number) < bound.Tolerance)
                break;
            look.Fail(bound.Rule, value);
        }
    }

    // For each bound the number next to what is not within; null where one has too many digits.
    private static long[]? Scaled(Bound[] bounds, int inwards)
    {
        long[] within = new long[bounds.Length];
        for (int i = 0; i < bounds.Length; i++)
        {
            if (!bounds[i].Number.TryScale(Scale, out within[i]))
                return null;
            within[i] += bounds[i].Tolerance == 0 ? inwards : 0;
        }

        return within;
    }

    /// <param name="Number">The bound.</param>
    /// <param name="Tolerance">The order of a number and the bound that is just not within: 0 where the bound itself is not.</param>
    /// <param name="Rule">Whose it is.</param>
    private readonly record struct Bound(ShortDecimal Number, int Tolerance, int Rule) : IComparable<Bound>
    {
        // Of equal bounds the narrower must come first, as it is the one that a number may be out of alone.
        public int CompareTo(Bound other) => Number.CompareTo(other.Number) is var order and not 0 ? order : Tolerance.CompareTo(other.Tolerance);
    }
}
