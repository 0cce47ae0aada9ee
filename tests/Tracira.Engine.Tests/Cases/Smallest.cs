using Tracira.Engine.Tests.Reference;

namespace Tracira.Engine.Tests.Cases;

/// <summary>Makes a failing case small enough to read: what can go without the failure going goes.</summary>
internal static class Smallest
{
    /// <summary>A part of a case that still fails.</summary>
    public static Case Of(Case failing, Func<Case, bool> fails)
    {
        IReadOnlyList<Input> inputs = Fewer(failing.Inputs, part => fails(failing with { Inputs = part }));
        IReadOnlyList<Rule> rules = Fewer(failing.Rules, part => fails(new Case(part, inputs)));
        for (int i = 0; i < rules.Count; i++)
        {
            int at = i;
            string value = new([.. Fewer([.. rules[at].Value], part => fails(new Case(With(part), inputs)))]);
            rules = With([.. value]);

            IReadOnlyList<Rule> With(IReadOnlyList<char> text) => [.. rules.Take(at), rules[at] with { Value = new string([.. text]) }, .. rules.Skip(at + 1)];
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            Input input = inputs[i];
            string output = new([.. Fewer([.. input.Output], part => fails(new Case(rules, With(part))))]);
            inputs = With([.. output]);

            IReadOnlyList<Input> With(IReadOnlyList<char> text) => [.. inputs.Take(i), input with { Output = new string([.. text]) }, .. inputs.Skip(i + 1)];
        }

        return new Case(rules, inputs);
    }

    private static IReadOnlyList<T> Fewer<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, bool> fails)
    {
        for (int chunk = items.Count; chunk >= 1; chunk /= 2)
        {
            for (int from = 0; from < items.Count;)
            {
                T[] without = [.. items.Take(from), .. items.Skip(from + chunk)];
                if (fails(without))
                    items = without;
                else
                    from += chunk;
            }
        }

        return items;
    }
}
