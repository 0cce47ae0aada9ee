using Shouldly;
using Xunit;

namespace Tracira.Server.Tests.Contract;

/// <summary>Every call that writes, to a server whose disk is full.</summary>
public sealed class FullDiskContractTests(FullDiskStage stage) : IClassFixture<FullDiskStage>
{
    public static TheoryData<string> Cases => [.. ContractCases.FullDisk.Select(static known => known.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_full_disk_is_told_and_nothing_is_accepted(string name)
    {
        ContractCase known = ContractCases.FullDisk.Single(known => known.Name == name);
        Promise.ShouldBeKept(known, await stage[known].SendAsync(stage.Plain));
    }

    [Fact]
    public async Task What_is_there_can_still_be_read() => (await stage.Operator.GetJsonAsync("/api/logs")).Status.ShouldBe(200);
}
