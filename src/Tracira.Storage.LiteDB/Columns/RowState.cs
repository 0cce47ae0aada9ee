namespace Tracira.Storage.LiteDB;

/// <summary>What may change about a row, in one byte: the status in the lowest two bits, then what was decided, then whether it is deleted.</summary>
internal static class RowState
{
    public const byte Deleted = 32;
    public const byte StatusMask = 3;
    private const int DecisionShift = 2;

    public static byte Of(Log log) => Of(log.Status, log.Decision?.Kind);

    public static byte Of(LogStatus status, DecisionKind? decision = null) =>
        (byte)((byte)status | (decision is { } kind ? ((byte)kind + 1) << DecisionShift : 0));

    public static LogStatus StatusOf(byte state) => (LogStatus)(state & StatusMask);

    public static DecisionKind? DecisionOf(byte state) =>
        ((state & (Deleted - 1)) >> DecisionShift) is > 0 and var decision ? (DecisionKind)(decision - 1) : null;
}
