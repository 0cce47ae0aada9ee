namespace Tracira;

/// <summary>Takes down which literals a scan has seen.</summary>
internal interface ISeenLiterals
{
    /// <summary>Whether the literal has been seen already.</summary>
    bool Has(int literal);

    /// <summary>Takes down a literal that has not been seen before.</summary>
    /// <returns>False where nothing that could follow would matter any more.</returns>
    bool Add(int literal);
}
