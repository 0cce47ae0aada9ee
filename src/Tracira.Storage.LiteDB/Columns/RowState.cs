namespace Tracira.Storage.LiteDB;

/// <summary>What may change about a row, in one byte: the status in the lowest two bits, then whether it is decided, then deleted.</summary>
internal static class RowState
{
    public const byte Deleted = 8;
    private const byte Decided = 4;
    private const byte StatusMask = 3;

    public static byte Of(Log log) => (byte)((byte)log.Status | (log.Decision is null ? 0 : Decided));

    public static byte Of(LogStatus status, bool decided = false) => (byte)((byte)status | (decided ? Decided : 0));

    public static LogStatus StatusOf(byte state) => (LogStatus)(state & StatusMask);
}
