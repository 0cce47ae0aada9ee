using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Tracira.Storage.LiteDB;

/// <summary>How many logs there are of each decision, the undecided ones first.</summary>
[InlineArray(Count)]
internal struct DecisionCounts
{
    public const int Count = 5;

    /// <summary>Each decision, none among them.</summary>
    public static readonly DecisionKind?[] Decisions = [null, .. Enum.GetValues<DecisionKind>()];

    private int _undecided;

    /// <summary>How many there are of a decision.</summary>
    public ref int this[DecisionKind? decision]
    {
        [UnscopedRef]
        get => ref this[decision is { } kind ? (int)kind + 1 : 0];
    }

    public void Add(in DecisionCounts other)
    {
        for (int i = 0; i < Count; i++)
            this[i] += other[i];
    }
}
