using System.Text.Json;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Tracira.Server.Tests.Contract;

/// <summary>The HTTP contract, case by case, and that no promise of /openapi/v1.json is without one.</summary>
public sealed class ContractTests(ContractStage stage, ITestOutputHelper output) : IClassFixture<ContractStage>
{
    // So many there are; fewer would be promises taken back.
    private const int Fewest = 450;

    public static TheoryData<string> Cases => [.. ContractCases.Usual.Select(static known => known.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_is_answered_as_the_contract_says(string name)
    {
        ContractCase known = ContractCases.Usual.Single(known => known.Name == name);
        await using Scene scene = await Scene.SetAsync(stage);
        Reply reply = await (await known.PrepareAsync(scene)).SendAsync(stage.Plain);
        Promise.ShouldBeKept(known, reply);
        if (reply.IsJson)
            (await DocumentAsync()).ShouldDescribe(known.Route, reply.Status, reply.Body);
    }

    [Fact]
    public async Task Every_documented_answer_of_every_route_has_a_case_and_no_case_is_undocumented()
    {
        string[] documented = [.. (await DocumentAsync()).Answers.Select(static answer => $"{answer.Route} {answer.Status}")];
        string[] shown = [.. ContractCases.All.Select(static known => $"{known.Route} {known.Status}").Distinct()];
        documented.Except(shown).ShouldBeEmpty("documented, and there is no case (tests/Tracira.Server.Tests/Contract)");
        shown.Except(documented).ShouldBeEmpty("not documented (.Fails and .Returns of the endpoint)");
    }

    [Fact]
    public void There_are_as_many_cases_as_we_say()
    {
        ContractCase[] all = [.. ContractCases.All];
        all.Select(static known => known.Name).ShouldBeUnique();
        output.WriteLine($"{all.Length} cases of {all.DistinctBy(static known => known.Route).Count()} routes; {all.Count(static known => known.Status >= 400)} are refusals.");
        all.Length.ShouldBeGreaterThanOrEqualTo(Fewest);
    }

    private async Task<OpenApi> DocumentAsync()
    {
        using var document = JsonDocument.Parse(await stage.Plain.GetStringAsync(new Uri(stage.Address, "/openapi/v1.json")));
        return new OpenApi(document.RootElement.Clone());
    }
}
