using CsCheck;
using Shouldly;
using Tracira.Storage.LiteDB;
using Xunit;

namespace Tracira.Storage.Tests;

/// <summary>Counters that tell a few items apart, whatever is counted in and out and moved about.</summary>
public sealed class DayCounterTests
{
    private const int MaxItems = 3;

    [Fact]
    public void Whatever_is_counted_in_can_be_counted_out_also_behind_merges()
    {
        Gen.Int[0, 2].Select(Gen.Int[0, 6], Gen.Int[0, 9]).Array[1, 80].Sample(static steps =>
        {
            var counters = new DayCounters<long>(MaxItems, static (ref tally, in other) => tally += other);
            List<(int Project, int Item)> counted = [];
            foreach ((int project, int item, int kind) in steps)
            {
                switch (kind)
                {
                    case < 5:
                        counters.Count(At(project), item, +1)++;
                        counted.Add((project, item));
                        break;
                    case < 8 when counted.Count > 0:
                        (int Project, int Item) out1 = counted[item % counted.Count];
                        counters.Count(At(out1.Project), out1.Item, -1)--;
                        counted.Remove(out1);
                        break;
                    case 8:
                        int into = (project + 1) % 3;
                        counters.MoveProject(project, into);
                        counted = [.. counted.Select(entry => entry.Project == project ? (into, entry.Item) : entry)];
                        break;
                }

                foreach (var day in counters.Of(0, 0, 0).GroupBy(static counter => counter.Place.Project))
                {
                    day.Count(static counter => counter.Item != DayCounters<long>.Others).ShouldBeLessThanOrEqualTo(MaxItems);
                    day.Sum(static counter => counter.Tally).ShouldBe(counted.Count(entry => entry.Project == day.Key));
                    foreach ((_, int counter, long tally) in day)
                    {
                        tally.ShouldBeGreaterThanOrEqualTo(0);
                        if (counter != DayCounters<long>.Others)
                            tally.ShouldBe(counted.Count(entry => entry == (day.Key, counter)));
                    }
                }
            }

            foreach ((int project, int item) in counted)
                counters.Count(At(project), item, -1)--;
            counters.Of(0, 0, 0).ShouldBeEmpty();
        });

        static CountedPlace At(int project) => new(0, project, 0);
    }
}
