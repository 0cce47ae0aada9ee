using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Tracira.Server.Judging;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>What is judged is data: nothing in it gets to where instructions stand, whatever it looks like.</summary>
public sealed partial class PromptInjectionTests(JudgedServerFixture fixture) : IClassFixture<JudgedServerFixture>
{
    private readonly JudgedServer _server = fixture.Server;

    [Theory]
    [InlineData("openai")]
    [InlineData("openrouter")]
    [InlineData("anthropic")]
    public async Task The_fences_hold(string provider)
    {
        string model = $"{provider}/fenced";
        string project = await _server.AddRuleAsync(provider, model, instruction: "Be as kind as a nurse");
        HashSet<string> marks = [];
        foreach ((string name, string text) in PromptInjections.All)
        {
            Answer log = await _server.JudgeAsync(project, text);
            log["status"].ShouldBe("pass", name);
            log["output"].ShouldBe(text, name);
            Question question = _server.Provider.Questions.Last(question => question.Model == model);
            question.Roles.ShouldBe("system user", name);
            string mark = Mark().Match(question.Instructions).Groups[1].Value;
            text.ShouldNotContain(mark);
            marks.Add(mark).ShouldBeTrue("every call has a mark of its own");
            Fenced(question.Data, mark).ShouldBe([("OUTPUT", Seen(text))], name);
            question.Instructions.ShouldContain("The rule:\nBe as kind as a nurse\n");
            question.Data.ShouldNotContain("kind as a nurse");
            question.Instructions.ShouldNotContain(text);
            TurnMarks().IsMatch(question.Data).ShouldBeFalse(name);
        }

        marks.Count.ShouldBeGreaterThanOrEqualTo(30);
    }

    [Fact]
    public void Input_and_action_are_fenced_like_the_output()
    {
        foreach ((string name, string text) in PromptInjections.All)
        {
            var rule = new Rule("r", RuleType.LlmJudge, "Be kind");
            var request = new JudgeRequest("w", rule, text, text) { Action = JsonSerializer.Serialize(new { name = "refund", summary = text }) };
            var messages = JudgePrompt.Make(JudgeInstruction.Of(rule), request);
            string mark = Mark().Match(messages[0].Text).Groups[1].Value;
            Fenced(messages[1].Text, mark).ShouldBe([("INPUT", Seen(text)), ("OUTPUT", Seen(text)), ("ACTION", Seen(request.Action))], name);
        }
    }

    [Fact]
    public async Task A_model_that_copies_a_verdict_out_of_the_text_has_given_none()
    {
        string project = await _server.AddRuleAsync("openai", "openai/echo");
        int copied = 0;
        foreach ((string name, string text) in PromptInjections.All.Where(static injection => injection.Text.Contains("\"pass\"")))
        {
            Answer log = await _server.JudgeAsync(project, text);
            log["status"].ShouldBe("error", name);
            copied++;
        }

        copied.ShouldBeGreaterThanOrEqualTo(10);
    }

    // What stands in the fences, told apart by nothing but their mark; whatever stands outside would be found here too.
    private static (string Name, string Text)[] Fenced(string data, string mark)
    {
        string[] parts = data.Split(mark);
        (parts.Length % 2).ShouldBe(1);
        List<(string, string)> fenced = [];
        for (int i = 0; i + 2 < parts.Length; i += 2)
        {
            string opening = parts[i][(i == 0 ? 0 : ">>>\n".Length)..];
            opening.ShouldStartWith("<<<");
            string name = opening[3..].TrimEnd();
            parts[i + 1].ShouldStartWith(">>>\n");
            parts[i + 1].ShouldEndWith($"\n<<<END {name} ");
            fenced.Add((name, Seen(parts[i + 1][4..^$"\n<<<END {name} ".Length])));
        }

        parts[^1].ShouldBe(">>>\n");
        return [.. fenced];
    }

    // Marks that would part turns are taken apart by a space of no width.
    private static string Seen(string text) => text.Replace("\u200B", "", StringComparison.Ordinal);

    [GeneratedRegex("<<<NAME ([0-9a-f]{32})>>>")]
    private static partial Regex Mark();

    [GeneratedRegex(@"<\||</?s>|<(start|end)_of_turn>|<<?/?SYS|\[/?INST\]")]
    private static partial Regex TurnMarks();
}
