using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Snapshooter;
using Snapshooter.Xunit;

namespace Tracira.Server.Tests;

/// <summary>Holds answers to files in __snapshots__: status and body, but for ids, moments and what is new in every link.</summary>
internal static partial class Golden
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Compares an answer with its file. A file that is not there is written, except in strict mode.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="name">The file's name without ending.</param>
    /// <param name="test">The test's source file, beside which the folder is.</param>
    public static void ShouldMatchGolden(this Answer answer, string name, [CallerFilePath] string test = "") =>
        ShouldMatchGolden($"{answer.Status}\n{JsonSerializer.Serialize(answer.Body, Readable)}\n", name, test);

    /// <summary>The same for an answer that is not JSON.</summary>
    public static void ShouldMatchGolden(string text, string name, [CallerFilePath] string test = "")
    {
        text = Moment().Replace(Id().Replace(text, "<id>"), "<moment>");
        text = Signature().Replace(Host().Replace(text, "<host>"), "expires=<moment>$1&signature=<signature>");
        Snapshot.Match(text, new SnapshotFullName(name + ".snap", Path.GetDirectoryName(test)!));
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Moment();

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Host();

    [GeneratedRegex("expires=[0-9]+([^\"]*)&signature=[0-9a-f]{64}")]
    private static partial Regex Signature();
}
