namespace Tracira;

/// <summary>What a length is counted in.</summary>
internal enum LengthUnit
{
    /// <summary>Unicode scalar values; a lone surrogate counts as one.</summary>
    Characters,

    /// <summary>Runs of anything but white space.</summary>
    Words,

    /// <summary>Line breaks (LF, CR LF or CR) plus one; an empty text has none.</summary>
    Lines,

    /// <summary>Bytes of the text in UTF-8.</summary>
    Bytes,
}
