namespace Tracira;

/// <summary>Puts a judge's answer into the record of an applied rule.</summary>
internal static class JudgeExtensions
{
    /// <summary>Asks the judge about a rule that waits for one. A judge that throws ends the rule in error; only cancellation gets through.</summary>
    public static async Task<AppliedRule> ApplyAsync(this IJudge judge, Log log, AppliedRule undecided, CancellationToken cancellationToken)
    {
        Judgement judgement;
        try
        {
            var request = new JudgeRequest(log.WorkspaceId, undecided.Rule, log.Output, log.InputText ?? log.Input) { Action = log.Action };
            judgement = await judge.JudgeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Whatever a judge fails of, the log must not be lost over it: a person decides instead.
            judgement = Judgement.Failed($"the judge failed: {exception.Message}");
        }

        return undecided with
        {
            Outcome = judgement.Outcome,
            Reason = judgement.Reason,
            Confidence = judgement.Confidence,
            Model = judgement.Model,
            LlmOutput = judgement.LlmOutput,
            Usage = judgement.Usage,
        };
    }
}
