using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Tracira.Server.Judging;

/// <summary>Asks language models. Whatever is no clear verdict is an error: nothing passes because a model was down, confused or talked round.</summary>
internal sealed class LlmJudge(JudgeEndpoints endpoints, ProviderConnections connections, ModelPrices prices, JudgeCache cache) : IJudge
{
    private const int MaxLlmOutput = 4_000;
    private static readonly ChatOptions Structured = new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(JudgeReply.Schema, "verdict") };

    public async ValueTask<Judgement> JudgeAsync(JudgeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            JudgeEndpoint endpoint = await endpoints.ChooseAsync(request.WorkspaceId, request.Rule, cancellationToken).ConfigureAwait(false);
            JudgeInstruction instruction = JudgeInstruction.Of(request.Rule);
            string key = KeyOf(endpoint, instruction, request);
            return await cache.GetAsync(key, () => AskAsync(endpoint, instruction, request), cancellationToken).ConfigureAwait(false);
        }
        catch (ProviderException exception)
        {
            return exception.ToJudgement();
        }
    }

    private async Task<Judgement> AskAsync(JudgeEndpoint endpoint, JudgeInstruction instruction, JudgeRequest request)
    {
        List<ChatMessage> messages = JudgePrompt.Make(instruction, request);
        using IChatClient client = Open(endpoint);
        var usage = new UsageDetails();
        Judgement failed = Judgement.Failed("the judge gave no verdict");
        for (int attempt = 0; attempt < 2; attempt++)
        {
            string text;
            try
            {
                ChatResponse response = await client.GetResponseAsync(messages, Structured).ConfigureAwait(false);
                if (response.Usage is { } used)
                    usage.Add(used);
                text = response.Text;
                JudgeReply? reply = JudgeReply.Read(text);
                bool isEcho = reply is not null && JudgeReply.IsEcho(text, request.Output, request.Input, request.Action);
                if (reply is not null && !isEcho)
                    return Told(endpoint, instruction, reply, text, usage);
                bool refused = response.FinishReason == ChatFinishReason.ContentFilter
                    || response.Messages.SelectMany(static message => message.Contents).OfType<ErrorContent>().Any();
                failed = Judgement.Failed(
                    refused ? "the model refused to judge"
                    : isEcho ? "the model repeated a verdict that stands in the text it was to judge"
                    : "the model's answer was not the JSON that was asked for");
            }
            catch (Exception exception) when (Find(exception) is { } provider)
            {
                return With(provider.ToJudgement(), endpoint, null, usage);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException
                or FormatException or ClientResultException)
            {
                // The libraries throw what their parsers throw. The very envelope is broken.
                failed = Judgement.Failed($"{endpoint.Provider} answered with something that cannot be read") with { RetryAfter = TimeSpan.Zero };
                text = "";
            }

            failed = With(failed, endpoint, text, usage);
            messages.AddRange([new ChatMessage(ChatRole.Assistant, text.Length == 0 ? "(nothing)" : text), JudgePrompt.Repair]);
        }

        return failed;
    }

    private Judgement Told(JudgeEndpoint endpoint, JudgeInstruction instruction, JudgeReply reply, string text, UsageDetails usage)
    {
        bool flagged = !reply.Pass && reply.Confidence >= instruction.Threshold;
        var judgement = new Judgement(flagged ? RuleOutcomeKind.Flagged : RuleOutcomeKind.Passed, reply.Confidence, reply.Reason);
        return With(judgement, endpoint, text, usage);
    }

    private Judgement With(Judgement judgement, JudgeEndpoint endpoint, string? text, UsageDetails usage) => judgement with
    {
        Model = endpoint.Model,
        LlmOutput = string.IsNullOrEmpty(text) ? null : text.Length > MaxLlmOutput ? text[..MaxLlmOutput] : text,
        Usage = prices.Price(endpoint.Model, usage),
    };

    private IChatClient Open(JudgeEndpoint endpoint)
    {
        HttpClient http = connections.To(endpoint);
        if (endpoint.Provider == "anthropic")
            return new AnthropicChatClient(http, endpoint);
        var options = new OpenAIClientOptions
        {
            Endpoint = endpoint.BaseUrl,
            Transport = new HttpClientPipelineTransport(http),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0), // the connection tries again itself
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        };
        var credential = new ApiKeyCredential(endpoint.ApiKey.Length == 0 ? "none" : endpoint.ApiKey);
        return new OpenAI.Chat.ChatClient(endpoint.Model, credential, options).AsIChatClient();
    }

    private static ProviderException? Find(Exception? exception)
    {
        while (exception is not (null or ProviderException))
            exception = exception.InnerException;
        return (ProviderException?)exception;
    }

    // Everything that the answer depends on, each part led by its length. The workspace too: none learns what another one asks.
    private static string KeyOf(JudgeEndpoint endpoint, JudgeInstruction instruction, JudgeRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string? part in new[]
        {
            request.WorkspaceId, request.Rule.Id, request.Rule.Value, endpoint.Provider, endpoint.BaseUrl.AbsoluteUri, endpoint.Model,
            request.Output, instruction.IncludeInput ? request.Input : null, request.Action,
        })
        {
            int length = part?.Length ?? -1;
            hash.AppendData(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(in length)));
            hash.AppendData(MemoryMarshal.AsBytes(part.AsSpan()));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
