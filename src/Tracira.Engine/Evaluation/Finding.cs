namespace Tracira;

/// <summary>What a condition found, in numbers from which it can tell the reason later, when the output is gone.</summary>
internal struct Finding
{
    /// <summary>Which of its reasons the condition means.</summary>
    public int Reason;

    /// <summary>A number that belongs to the reason: a count, an index.</summary>
    public long Number;

    /// <summary>A fraction that belongs to the reason.</summary>
    public double Fraction;

    /// <summary>Where in the evaluation's text buffer the shown value begins.</summary>
    public int TextStart;

    /// <summary>The length of the shown value.</summary>
    public int TextLength;

    /// <summary>Where in the evaluation's match buffer the matches begin.</summary>
    public int MatchStart;

    /// <summary>How many matches there are.</summary>
    public int MatchCount;
}
