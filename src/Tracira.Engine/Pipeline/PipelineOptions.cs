namespace Tracira;

/// <summary>Settings of the <see cref="LogPipeline"/>.</summary>
public sealed class PipelineOptions
{
    /// <summary>How many logs are judged side by side; 1 to 1,000, 8 unless set.</summary>
    public int JudgeConcurrency { get; set; } = 8;
}
