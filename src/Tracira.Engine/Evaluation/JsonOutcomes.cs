using System.Buffers;

namespace Tracira;

/// <summary>What the rules over fields say to an output, in rented memory.</summary>
internal struct JsonOutcomes
{
    private readonly JsonOutcome[] _outcomes; // one for each rule of the set
    private readonly JsonReading _inOutput;
    private readonly JsonReading _inAction;

    /// <summary>Asks all the rules.</summary>
    public JsonOutcomes(JsonRules rules, ReadOnlySpan<char> text, ReadOnlySpan<char> action, DateTimeOffset now)
    {
        _outcomes = ArrayPool<JsonOutcome>.Shared.Rent(rules.RuleCount);
        Span<JsonOutcome> outcomes = _outcomes.AsSpan(0, rules.RuleCount);
        outcomes.Clear();
        rules.Look(text, action, now, outcomes, ref _inOutput, ref _inAction);
    }

    /// <summary>Whether the rules have been asked.</summary>
    public readonly bool IsMade => _outcomes is not null;

    /// <summary>What a rule says.</summary>
    public readonly ref readonly JsonOutcome Of(int rule) => ref _outcomes[rule];

    /// <summary>The output, as the rules read it.</summary>
    public readonly ReadOnlySpan<char> OutputAsRead(ReadOnlySpan<char> output) => _inOutput.Mended(output);

    /// <summary>The action, as the rules read it.</summary>
    public readonly ReadOnlySpan<char> ActionAsRead(ReadOnlySpan<char> action) => _inAction.Mended(action);

    /// <summary>Gives the memory back.</summary>
    public readonly void Dispose()
    {
        if (_outcomes is null)
            return;
        ArrayPool<JsonOutcome>.Shared.Return(_outcomes);
        _inOutput.Dispose();
        _inAction.Dispose();
    }
}
