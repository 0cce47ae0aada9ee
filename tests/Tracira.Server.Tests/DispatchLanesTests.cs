using Shouldly;
using Tracira.Server.Outbound;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Who may have how many attempts under way.</summary>
public sealed class DispatchLanesTests
{
    [Fact]
    public void A_host_that_answers_is_given_more_and_more_up_to_the_limit()
    {
        var lanes = new DispatchLanes(100, 4);
        foreach (int expected in new[] { 2, 3, 4, 4 })
        {
            lanes.Begin("a");
            lanes.End("a", succeeded: true);
            lanes.Limits()["a"].ShouldBe(expected);
        }

        lanes.Begin("a");
        lanes.Limits()["a"].ShouldBe(3);
        lanes.Free.ShouldBe(99);
    }

    [Fact]
    public void A_host_that_fails_is_given_less_and_less_but_always_one()
    {
        var lanes = new DispatchLanes(100, 4);
        Run(lanes, "a", true, true, true);
        Run(lanes, "a", false, false);
        lanes.Limits()["a"].ShouldBe(2);
        Run(lanes, "a", false, false, false);
        lanes.Limits()["a"].ShouldBe(1);
        Run(lanes, "a", true);
        lanes.Limits()["a"].ShouldBe(2);
    }

    [Fact]
    public void Hosts_in_trouble_together_leave_a_quarter_to_the_others()
    {
        var lanes = new DispatchLanes(8, 4);
        foreach (string dead in Enumerable.Range(0, 10).Select(static i => $"dead-{i}"))
            Run(lanes, dead, false);
        lanes.Limits().Values.Sum().ShouldBe(6);
        foreach (string dead in lanes.Limits().Where(static limit => limit.Value > 0).Select(static limit => limit.Key).ToArray())
            lanes.Begin(dead);
        lanes.Limits().Values.Sum().ShouldBe(0);
        lanes.Free.ShouldBe(2);
    }

    [Fact]
    public void A_host_that_was_not_asked_stays_what_it_was()
    {
        var lanes = new DispatchLanes(8, 4);
        Run(lanes, "a", [null]);
        lanes.Limits().ShouldBeEmpty();
        Run(lanes, "a", true, null);
        lanes.Limits()["a"].ShouldBe(2);
    }

    private static void Run(DispatchLanes lanes, string name, params bool?[] outcomes)
    {
        foreach (bool? outcome in outcomes)
        {
            lanes.Begin(name);
            lanes.End(name, outcome);
        }
    }
}
