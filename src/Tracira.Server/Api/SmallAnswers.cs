namespace Tracira.Server.Api;

/// <summary>It is done.</summary>
internal sealed record OkAnswer(bool Ok = true);

/// <summary>It is deleted: projects and tasks say so in this way.</summary>
internal sealed record SuccessAnswer(bool Success = true);

/// <summary>Whose token it is.</summary>
internal sealed record VerifyAnswer(string WorkspaceName);

/// <summary>A model to choose from.</summary>
internal sealed record ModelItem(string Label, string Value);

/// <summary>How the server is.</summary>
internal sealed record HealthAnswer(string Status);

/// <summary>A workspace, as the operator's list has it.</summary>
internal sealed record WorkspaceItem(string Id, string Name, DateTimeOffset CreatedAt);

/// <summary>A workspace that has just been made.</summary>
internal sealed record CreatedWorkspace(string Id, string Name, string WebhookToken);

/// <summary>A workspace's token.</summary>
internal sealed record TokenAnswer(string WebhookToken);
