namespace Tracira;

/// <summary>How far a message has come.</summary>
public enum DeliveryState
{
    /// <summary>It waits for its first attempt, or for another one.</summary>
    Waiting,

    /// <summary>The receiver has it.</summary>
    Delivered,

    /// <summary>Nobody tries any more; a person can have it replayed.</summary>
    Dead,
}
