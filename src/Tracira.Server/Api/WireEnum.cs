using System.Diagnostics.CodeAnalysis;

namespace Tracira.Server.Api;

/// <summary>The words that the contract has for the values of an enumeration.</summary>
internal sealed class WireEnum<T>(params (T Value, string Name)[] words)
    where T : struct, Enum
{
    /// <summary>Every word.</summary>
    public IReadOnlyList<string> Names { get; } = [.. words.Select(static word => word.Name)];

    /// <summary>Every word, for error messages.</summary>
    public string All { get; } = string.Join(", ", words.Select(static word => word.Name));

    public string this[T value]
    {
        get
        {
            foreach ((T candidate, string name) in words)
            {
                if (EqualityComparer<T>.Default.Equals(candidate, value))
                    return name;
            }

            throw new ArgumentOutOfRangeException(nameof(value), value, "The contract has no word for this value.");
        }
    }

    public bool TryParse([NotNullWhen(true)] string? text, out T value)
    {
        foreach ((T candidate, string name) in words)
        {
            if (name == text)
            {
                value = candidate;
                return true;
            }
        }

        value = default;
        return false;
    }
}
