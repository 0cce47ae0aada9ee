namespace Tracira;

/// <summary>Thrown when the store cannot accept a write: it is full, failing or closing. Nothing was accepted; try again later.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Creates the exception with what stands in the way and, where there is one, its cause.</summary>
    public StoreUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
