namespace Tracira;

/// <summary>Settings of the <see cref="LogPipeline"/>.</summary>
public sealed class PipelineOptions
{
    /// <summary>How many logs are judged side by side; 1 to 1,000, 8 unless set.</summary>
    public int JudgeConcurrency { get; set; } = 8;

    /// <summary>
    /// For how long a judge that could not be asked is asked again in the background, after which its log is left to a person; an hour
    /// unless set, zero for not at all.
    /// </summary>
    public TimeSpan JudgeRetryPeriod { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// The pause before a judge is first asked again; more than zero, half a minute unless set. Each next pause is twice as long, up to ten
    /// minutes, and a fifth shorter or longer by chance; one that the judge itself asks for goes before.
    /// </summary>
    public TimeSpan JudgeRetryPause { get; set; } = TimeSpan.FromSeconds(30);
}
