using Shouldly;
using Xunit;

namespace Tracira.Engine.Tests;

public sealed class MetadataTests
{
    [Theory]
    [InlineData("""{"a":null,"b":"","c":"  ","d":0,"e":false,"f":{"g":null},"h":[null]}""", """{"d":0,"e":false,"f":{"g":null},"h":[null]}""")]
    [InlineData("""{ "a" : "é" }""", """{ "a" : "é" }""")]
    [InlineData("""{"a":null,"ü":"\u00e9","n":1e3}""", """{"ü":"\u00e9","n":1e3}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":"\ud800","b":null}""", """{"a":"\ud800"}""")]
    public async Task Pairs_that_say_nothing_are_not_kept_and_the_others_stay_as_they_came(string sent, string kept)
    {
        await using var made = new Pipelines();
        (await made.Pipeline.SubmitAsync(new("p", "x") { Metadata = sent })).Log!.Metadata.ShouldBe(kept);
    }
}
