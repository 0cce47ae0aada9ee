using System.Text.RegularExpressions;
using ArchUnitNET.Domain;
using ArchUnitNET.Domain.Extensions;
using ArchUnitNET.Loader;
using Shouldly;
using Xunit;

namespace Tracira.Architecture.Tests;

/// <summary>Inside the engine a folder is a floor: a type knows types of its own floor and of those below.</summary>
public sealed partial class EngineFloorTests
{
    private const string Source = "src/Tracira.Engine/";
    private static readonly string[] Floors = ["Matching", "Rules", "Evaluation", "Logs", "Storage", "Pipeline"];

    private static readonly ArchUnitNET.Domain.Architecture Engine = new ArchLoader().LoadAssemblies(typeof(RuleSet).Assembly).Build();

    [Fact]
    public void No_type_knows_a_type_of_a_floor_above() => Violations(Floors).ShouldBeEmpty();

    [Fact]
    public void The_check_finds_violations_where_the_floors_are_turned_upside_down() => Violations([.. Floors.Reverse()]).Count.ShouldBeGreaterThan(50);

    [Fact]
    public void Every_folder_of_the_engine_is_a_floor() =>
        FloorOfType().Values.Distinct().Order().ShouldBe(Floors.Order());

    private static List<string> Violations(string[] floors)
    {
        Dictionary<string, string> floorOf = FloorOfType();
        List<string> violations = [];
        foreach (IType type in Engine.Types)
        {
            if (!floorOf.TryGetValue(Outermost(type), out string? floor))
                continue;
            foreach (IType known in type.GetTypeDependencies())
            {
                if (floorOf.TryGetValue(Outermost(known), out string? other) && Array.IndexOf(floors, other) > Array.IndexOf(floors, floor))
                    violations.Add($"{floor}/{type.FullName} knows {other}/{known.FullName}");
            }
        }

        return violations;
    }

    // Every type is in the namespace Tracira; which folder it is in only its source file tells.
    private static Dictionary<string, string> FloorOfType()
    {
        var floors = new Dictionary<string, string>();
        foreach (string file in Repository.Files.Where(static file => file.StartsWith(Source, StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal)))
        {
            foreach (Match declaration in Declaration().Matches(Repository.Read(file)))
                floors["Tracira." + declaration.Groups[1].Value] = file[Source.Length..].Split('/')[0];
        }

        return floors;
    }

    private static string Outermost(IType type) => type.FullName.Split('+', '/', '`', '<')[0];

    [GeneratedRegex(@"^(?:public|internal) [a-z ]*?(?:class|struct|record|interface|enum) (?:struct )?(\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
