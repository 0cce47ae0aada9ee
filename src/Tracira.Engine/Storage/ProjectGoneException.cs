namespace Tracira;

/// <summary>Thrown when a log's project was deleted after the log was placed in it. Nothing was stored; place the log anew.</summary>
public sealed class ProjectGoneException : Exception
{
    /// <summary>Creates the exception for the project of an id.</summary>
    public ProjectGoneException(string projectId)
        : base($"The project {projectId} is gone.")
    {
    }
}
