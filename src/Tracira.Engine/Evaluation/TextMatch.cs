namespace Tracira;

/// <summary>Where in an output a rule found what it looks for.</summary>
/// <param name="Start">Offset of the first UTF-16 code unit.</param>
/// <param name="Length">Length in UTF-16 code units.</param>
public readonly record struct TextMatch(int Start, int Length);
