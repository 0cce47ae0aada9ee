using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Tracira.Server.Auth;
using Tracira.Server.Outbound;
using Tracira.Server.Outbound.Slack;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>Takes clicks on the buttons of messages in Slack. Slack's signature stands for a credential.</summary>
internal sealed class SlackEndpoint(
    SlackSignature signature, SlackApi slack, WorkspaceDirectory workspaces, SettingsDirectory settings, NotifiedDecisions decisions)
{
    // What Slack tells of a click holds the message it was on.
    private const int MaxBody = 256 * 1024;
    private const string Stranger = "The button is about no workspace that takes clicks: set slackSigningSecret.";

    public void Map(IEndpointRouteBuilder api) => api.MapPost("/slack/interactions", Interact).AllowAnonymous().ExcludeFromDescription();

    private async Task Interact(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            await Answers.Error(http, 415, "unsupported_media_type", "The body must be a form, as Slack sends it.").ConfigureAwait(false);
            return;
        }

        if (await ReadAsync(http).ConfigureAwait(false) is not { } body)
        {
            await Answers.Error(http, 413, "payload_too_large", "The body is larger than anything Slack sends.").ConfigureAwait(false);
            return;
        }

        if (QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body)).GetValueOrDefault("payload").ToString() is not { Length: > 0 } payload)
        {
            await Answers.Error(http, 400, "invalid_request", "The form has no payload.").ConfigureAwait(false);
            return;
        }

        // Slack wants every interaction answered, also those that are none of ours.
        if (SlackClick.Parse(payload) is not { } click)
            return;
        Workspace? workspace = workspaces.FindById(click.Subject.WorkspaceId);
        string? refusal = workspace is null ? Stranger : await RefuseAsync(http.Request, workspace, body).ConfigureAwait(false);
        await (refusal is null
            ? DecideAsync(http, workspace!, click)
            : Answers.Error(http, 401, "unauthorized", refusal)).ConfigureAwait(false);
    }

    private async Task DecideAsync(HttpContext http, Workspace workspace, SlackClick click)
    {
        var caller = new Caller(workspace, CallerKind.Slack, click.UserId, click.UserName, Permissions.Review);
        ReviewResult result = await decisions.DecideAsync(http, caller, click.Subject.LogId, click.Decision, "slack").ConfigureAwait(false);

        // The message itself is updated through the outbox. Whoever came too late is told, but not before Slack has its answer: it waits
        // for three seconds only.
        if (result.Outcome != ReviewOutcome.Done && click.ResponseUrl is { } address)
            http.Response.OnCompleted(() => slack.PostAsync(address, SlackMessages.Whisper(DecisionText.Of(result)), CancellationToken.None));
    }

    private async ValueTask<string?> RefuseAsync(HttpRequest request, Workspace workspace, byte[] body)
    {
        WorkspaceSettings set = await settings.GetAsync(workspace.Id).ConfigureAwait(false);
        return settings.Open(set.SealedSlackSigningSecret) is { } secret
            ? signature.Refuse(secret, request.Headers["X-Slack-Request-Timestamp"], request.Headers["X-Slack-Signature"], body)
            : Stranger;
    }

    private static async ValueTask<byte[]?> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBody)
            return null;
        PipeReader reader = http.Request.BodyReader;
        ReadResult read = await reader.ReadAtLeastAsync(MaxBody + 1, http.RequestAborted).ConfigureAwait(false);
        byte[]? body = read.Buffer.Length > MaxBody ? null : read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }
}
