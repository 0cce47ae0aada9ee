namespace Tracira;

/// <summary>Stands in where no judge is configured: every judge rule ends in error, so that a person looks and nothing passes unjudged.</summary>
internal sealed class NoJudge : IJudge
{
    public ValueTask<Judgement> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Judgement.Failed("no judge is configured for llm_judge rules"));
}
