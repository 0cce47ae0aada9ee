namespace Tracira;

/// <summary>A pattern, made ready to be looked for.</summary>
/// <param name="Alphabet">The bytes it is about.</param>
/// <param name="Program">Its states.</param>
/// <param name="Automaton">Tells where matches end; null where it would be too large.</param>
/// <param name="Windows">What each match has; null where nothing about it is rare.</param>
internal sealed record RegexPattern(RegexAlphabet Alphabet, RegexProgram Program, RegexAutomaton? Automaton, RegexWindows? Windows)
{
    /// <summary>Makes a pattern ready.</summary>
    /// <param name="node">The pattern.</param>
    /// <param name="alphabet">An alphabet with its sets.</param>
    /// <param name="shares">What is rare.</param>
    public static RegexPattern Of(RegexNode node, RegexAlphabet alphabet, ByteShares shares)
    {
        var program = RegexProgram.Of(node, alphabet);
        return new RegexPattern(alphabet, program, RegexAutomatonBuilder.Build(program), RegexWindowChoice.Of(program, shares));
    }
}
