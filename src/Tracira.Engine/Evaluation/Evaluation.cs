using System.Text;

namespace Tracira;

/// <summary>
/// A reusable buffer that <see cref="RuleSet.Evaluate(ReadOnlySpan{char}, double?, Evaluation, ReadOnlySpan{char})"/> fills with the outcome of each rule.
/// Not thread-safe; keep one per thread or pool them.
/// </summary>
public sealed class Evaluation
{
    internal const int MaxMatches = 20;
    private const int MaxShown = 80;

    private RuleSet _rules = RuleSet.Empty;
    private RuleOutcome[] _outcomes = [];
    private Finding[] _findings = [];
    private TextMatch[] _matches = [];
    private char[] _shown = [];
    private int _matchCount;
    private int _shownLength;

    /// <summary>The outcomes added up.</summary>
    public Verdict Verdict { get; private set; }

    /// <summary>One outcome for each rule of the set, in rule order.</summary>
    public ReadOnlySpan<RuleOutcome> Outcomes => _outcomes.AsSpan(0, _rules.Rules.Count);

    /// <summary>Where the rule matched, in text order; at most 20 places. Empty where the rule is not about places in the text.</summary>
    public ReadOnlySpan<TextMatch> MatchesOf(in RuleOutcome outcome)
    {
        ref readonly Finding finding = ref _findings[outcome.Index];
        return _matches.AsSpan(finding.MatchStart, finding.MatchCount);
    }

    /// <summary>
    /// Why the rule was triggered, could not be evaluated or was skipped, as a sentence for a reviewer; null where it passed. Builds the
    /// string when asked, so that an evaluation nobody explains allocates nothing.
    /// </summary>
    public string? ReasonOf(in RuleOutcome outcome)
    {
        if (outcome.Kind == RuleOutcomeKind.Passed)
            return null;
        ref readonly Finding finding = ref _findings[outcome.Index];
        return _rules.Explain(outcome.Index, finding, _shown.AsSpan(finding.TextStart, finding.TextLength));
    }

    internal void Begin(RuleSet rules)
    {
        _rules = rules;
        _matchCount = 0;
        _shownLength = 0;
        if (_outcomes.Length >= rules.Rules.Count)
            return;
        _outcomes = new RuleOutcome[rules.Rules.Count];
        _findings = new Finding[rules.Rules.Count];
        _matches = new TextMatch[rules.Rules.Count * MaxMatches];
        _shown = new char[rules.Rules.Count * MaxShown];
    }

    internal void Set(int index, RuleOutcomeKind kind, in Finding finding)
    {
        _outcomes[index] = new RuleOutcome(_rules.Rules[index], kind, index);
        _findings[index] = finding;
    }

    internal void End(Verdict verdict) => Verdict = verdict;

    internal void AddMatch(ref Finding finding, TextMatch match)
    {
        if (finding.MatchCount == 0)
            finding.MatchStart = _matchCount;
        Span<TextMatch> kept = _matches.AsSpan(finding.MatchStart, MaxMatches);
        int at = finding.MatchCount;
        while (at > 0 && kept[at - 1].Start > match.Start)
            at--;
        if (at == MaxMatches)
            return;
        int moved = Math.Min(finding.MatchCount, MaxMatches - 1) - at;
        kept.Slice(at, moved).CopyTo(kept[(at + 1)..]);
        kept[at] = match;
        finding.MatchCount = Math.Min(finding.MatchCount + 1, MaxMatches);
        _matchCount = finding.MatchStart + finding.MatchCount;
    }

    // Cut between characters, to what takes fewer bytes of UTF-8 than are shown.
    internal void Show(ref Finding finding, ReadOnlySpan<char> text)
    {
        int length = 0;
        for (int bytes = 0; length < text.Length;)
        {
            Rune.DecodeFromUtf16(text[length..], out Rune character, out int units);
            bytes += character.Utf8SequenceLength;
            if (bytes >= MaxShown)
                break;
            length += units;
        }

        finding.TextStart = _shownLength;
        finding.TextLength = length;
        text[..length].CopyTo(_shown.AsSpan(_shownLength));
        if (length < text.Length)
            _shown[_shownLength + finding.TextLength++] = '…';
        _shownLength += finding.TextLength;
    }
}
