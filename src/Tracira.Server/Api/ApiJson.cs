using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tracira.Server.Auth;
using Tracira.Server.Auth.KeyRing;
using Tracira.Server.Auth.People;
using Tracira.Server.Instructions;
using Tracira.Server.Live;
using Tracira.Server.Outbound;
using Tracira.Server.Outbound.Slack;
using Tracira.Server.Settings;

namespace Tracira.Server.Api;

/// <summary>How the API's bodies are written, generated at compile time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ApiError))]
[JsonSerializable(typeof(SubmitBody))]
[JsonSerializable(typeof(SubmitAnswer))]
[JsonSerializable(typeof(BatchBody))]
[JsonSerializable(typeof(BatchAnswer))]
[JsonSerializable(typeof(DecisionBody))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(FlagBody))]
[JsonSerializable(typeof(FlagAnswer))]
[JsonSerializable(typeof(BulkBody))]
[JsonSerializable(typeof(BulkAnswer))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(LogListAnswer))]
[JsonSerializable(typeof(LogDetail))]
[JsonSerializable(typeof(LogStatusAnswer))]
[JsonSerializable(typeof(OkAnswer))]
[JsonSerializable(typeof(RuleBody))]
[JsonSerializable(typeof(RuleItem))]
[JsonSerializable(typeof(IReadOnlyList<RuleBody>))]
[JsonSerializable(typeof(IReadOnlyList<RuleItem>))]
[JsonSerializable(typeof(EvaluateBody))]
[JsonSerializable(typeof(EvaluateAnswer))]
[JsonSerializable(typeof(BacktestBody))]
[JsonSerializable(typeof(BacktestAnswer))]
[JsonSerializable(typeof(SuccessAnswer))]
[JsonSerializable(typeof(ProjectBody))]
[JsonSerializable(typeof(ProjectChangeBody))]
[JsonSerializable(typeof(ProjectItem))]
[JsonSerializable(typeof(IReadOnlyList<ProjectItem>))]
[JsonSerializable(typeof(TaskItem))]
[JsonSerializable(typeof(IReadOnlyList<TaskItem>))]
[JsonSerializable(typeof(SettingsBody))]
[JsonSerializable(typeof(SettingsAnswer))]
[JsonSerializable(typeof(WebhookSecretAnswer))]
[JsonSerializable(typeof(WorkspaceSettings))]
[JsonSerializable(typeof(ChannelTestAnswer))]
[JsonSerializable(typeof(IReadOnlyList<SlackPost>))]
[JsonSerializable(typeof(Dictionary<string, int>))]
[JsonSerializable(typeof(SubscriptionBody))]
[JsonSerializable(typeof(Subscription))]
[JsonSerializable(typeof(IReadOnlyList<Subscription>))]
[JsonSerializable(typeof(SubscriptionListAnswer))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookTestBody))]
[JsonSerializable(typeof(DeliveryListAnswer))]
[JsonSerializable(typeof(InstructionsBody))]
[JsonSerializable(typeof(InstructionVersionBody))]
[JsonSerializable(typeof(InstructionItem))]
[JsonSerializable(typeof(InstructionVersionsAnswer))]
[JsonSerializable(typeof(InstructionVersion))]
[JsonSerializable(typeof(VerifyAnswer))]
[JsonSerializable(typeof(IReadOnlyList<ModelItem>))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(NewWorkspaceBody))]
[JsonSerializable(typeof(CreatedWorkspace))]
[JsonSerializable(typeof(IReadOnlyList<WorkspaceItem>))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(KeyBody))]
[JsonSerializable(typeof(CreatedKey))]
[JsonSerializable(typeof(IReadOnlyList<KeyItem>))]
[JsonSerializable(typeof(UploadBody))]
[JsonSerializable(typeof(UploadAnswer))]
[JsonSerializable(typeof(MediaUrlAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(KeyRingEntry))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(Invitation))]
[JsonSerializable(typeof(MeAnswer))]
[JsonSerializable(typeof(SetupAnswer))]
[JsonSerializable(typeof(MembersAnswer))]
[JsonSerializable(typeof(InvitationAnswer))]
[JsonSerializable(typeof(OpenInvitationAnswer))]
[JsonSerializable(typeof(IReadOnlyList<UserItem>))]
[JsonSerializable(typeof(UserAddedAnswer))]
[JsonSerializable(typeof(SignInBody))]
[JsonSerializable(typeof(PasswordBody))]
[JsonSerializable(typeof(WorkspaceBody))]
[JsonSerializable(typeof(SetupBody))]
[JsonSerializable(typeof(InvitationBody))]
[JsonSerializable(typeof(JoinBody))]
[JsonSerializable(typeof(RoleBody))]
[JsonSerializable(typeof(UserBody))]
[JsonSerializable(typeof(UserEmailBody))]
[JsonSerializable(typeof(StatsAnswer))]
[JsonSerializable(typeof(RuleStatsAnswer))]
[JsonSerializable(typeof(RenderedAnswer))]
[JsonSerializable(typeof(FocusBody))]
[JsonSerializable(typeof(LiveHello))]
[JsonSerializable(typeof(IReadOnlyList<LiveViewer>))]
[JsonSerializable(typeof(LiveLog))]
[JsonSerializable(typeof(LiveChange))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>
    /// What goes over the wire: letters of every script as themselves. The bodies are application/json and never part of a page, so the
    /// escapes that would make them safe inside HTML are not needed.
    /// </summary>
    public static ApiJson Wire { get; } = Create(indented: false);

    /// <summary>The same, set out for people to read and edit.</summary>
    public static ApiJson Readable { get; } = Create(indented: true);

    private static ApiJson Create(bool indented) => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        Converters = { new UtcTimeConverter() },
    });
}
