namespace Tracira.Server.Outbound;

/// <summary>A way to people or their programs that can be tried out.</summary>
internal interface ITestableChannel
{
    /// <summary>What it is called: <c>slack</c>, <c>email</c> or <c>webhook</c>.</summary>
    string Channel { get; }

    /// <summary>Sends something at once that shows whether the settings are right.</summary>
    Task<SendResult> TestAsync(Workspace workspace, CancellationToken cancellationToken);
}
