namespace Tracira;

/// <summary>What a number must be within.</summary>
/// <param name="Least">The lower bound, where there is one.</param>
/// <param name="Most">The upper bound, where there is one.</param>
/// <param name="Excludes">Whether the bounds themselves are too little or too much.</param>
internal readonly record struct NumberBounds(ShortDecimal? Least, ShortDecimal? Most, bool Excludes);
