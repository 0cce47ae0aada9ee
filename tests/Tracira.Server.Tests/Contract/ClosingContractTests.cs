using Xunit;

namespace Tracira.Server.Tests.Contract;

/// <summary>Every call that changes something, to a server that shuts down.</summary>
public sealed class ClosingContractTests(ClosingStage stage) : IClassFixture<ClosingStage>
{
    public static TheoryData<string> Cases => [.. ContractCases.Closing.Select(static known => known.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_server_that_shuts_down_says_so_and_accepts_nothing(string name)
    {
        ContractCase known = ContractCases.Closing.Single(known => known.Name == name);
        Promise.ShouldBeKept(known, stage[known]);
    }
}
