namespace Tracira;

/// <summary>What an attachment has to do with the log.</summary>
public enum AttachmentRole : byte
{
    /// <summary>The AI was given it.</summary>
    Input,

    /// <summary>The AI made it.</summary>
    Output,
}
