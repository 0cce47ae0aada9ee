using System.Xml.Linq;
using Shouldly;
using Xunit;

namespace Tracira.Architecture.Tests;

/// <summary>Who may know whom.</summary>
public sealed class ProjectGraphTests
{
    // docs/architecture.md has this as a table. A project that is not here fails the test: it has to be thought about first.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Tracira.Engine"] = [],
        ["Tracira.Storage.LiteDB"] = ["Tracira.Engine"],
        ["Tracira.Storage.PostgreSql"] = ["Tracira.Engine"],
        ["Tracira.Server"] = ["Tracira.Engine", "Tracira.Storage.LiteDB"],
    };

    [Fact]
    public void Every_project_references_only_what_is_below_it()
    {
        string[] projects = [.. Repository.Files.Where(static file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".csproj", StringComparison.Ordinal))];
        projects.ShouldNotBeEmpty();
        foreach (string project in projects)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            Allowed.ShouldContainKey(name, "a new project needs a place in the graph");
            References(project, "ProjectReference").Select(static path => Path.GetFileNameWithoutExtension(path))
                .Except(Allowed[name]).ShouldBeEmpty($"{name} references what it may not");
        }
    }

    [Fact]
    public void The_engine_depends_on_abstractions_only() =>
        References("src/Tracira.Engine/Tracira.Engine.csproj", "PackageReference")
            .Where(static package => package != "Microsoft.CodeAnalysis.PublicApiAnalyzers")
            .ShouldAllBe(static package => package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) && package.EndsWith(".Abstractions", StringComparison.Ordinal));

    private static string[] References(string project, string kind) =>
        [.. XDocument.Parse(Repository.Read(project)).Descendants(kind).Select(static reference => reference.Attribute("Include")!.Value)];
}
