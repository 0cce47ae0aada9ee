using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Tracira.Architecture.Tests;

/// <summary>What holds in every file.</summary>
public sealed partial class HouseRuleTests
{
    private static IEnumerable<string> Code => Repository.Files.Where(static file => file.EndsWith(".cs", StringComparison.Ordinal));

    [Fact]
    public void No_name_says_nothing() =>
        Repository.Files.Where(static file => VagueName().IsMatch(file)).ShouldBeEmpty();

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Code.Where(static file => Repository.Read(file).AsSpan().Count('\n') > 400).ShouldBeEmpty();

    [Fact]
    public void No_line_of_code_is_wider_than_180_characters() =>
        Code.Where(static file => file.StartsWith("src/", StringComparison.Ordinal))
            .SelectMany(static file => Repository.Read(file).Split('\n').Where(static line => line.Length > 180).Select(line => $"{file}: {line.Trim()}"))
            .ShouldBeEmpty();

    [Fact]
    public void Nothing_in_src_is_suppressed_in_code() =>
        Code.Where(static file => file.StartsWith("src/", StringComparison.Ordinal) && Suppression().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() =>
        Repository.Files.Where(static file => MachinePath().IsMatch(Repository.Read(file))).ShouldBeEmpty();

    [Fact]
    public void Nothing_leaves_the_house_but_through_the_guard() =>
        Code.Where(static file => file.StartsWith("src/", StringComparison.Ordinal) && WayOut().IsMatch(Repository.Read(file))).ShouldBe(
            ["src/Tracira.Server/Cli/OperatorClient.cs", "src/Tracira.Server/Outbound/OutboundHttp.cs"], ignoreOrder: true);

    [GeneratedRegex(@"(utils?|helpers?|managers?|common|misc)(\.|/)", RegexOptions.IgnoreCase)]
    private static partial Regex VagueName();

    [GeneratedRegex(@"\bnew (SocketsHttpHandler|HttpClientHandler|HttpClient\(\)|WebClient|TcpClient)|\bHttpWebRequest\b|\.AddHttpClient\(")]
    private static partial Regex WayOut();

    [GeneratedRegex("#pragma warning disable|SuppressMessage")]
    private static partial Regex Suppression();

    [GeneratedRegex("""["`( ]/(root|home|work|farm|Users)/""")]
    private static partial Regex MachinePath();
}
