namespace Tracira.Server.Statistics;

/// <summary>How often a rule spoke up, and what people made of it.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="Name">Its name when it last did.</param>
/// <param name="Hits">How many logs it flagged.</param>
/// <param name="Decided">On how many of those somebody decided, other than that it was handled.</param>
/// <param name="Confirmed">How many of those were rejected or changed.</param>
internal sealed record RuleTally(string RuleId, string Name, int Hits, int Decided, int Confirmed);

/// <summary>What is said of the flagged logs of a stretch of time.</summary>
/// <param name="Rules">Each rule that flagged any, the busiest first.</param>
/// <param name="HeldBack">How many logs were rejected or changed by people.</param>
/// <param name="IsCut">Whether there were more logs than are looked at.</param>
internal sealed record FlagTally(IReadOnlyList<RuleTally> Rules, int HeldBack, bool IsCut);
