using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Shouldly;
using Tracira.Server.Outbound;
using Xunit;

namespace Tracira.Server.Tests;

/// <summary>Signatures, as those who receive them check them.</summary>
public sealed class WebhookSignatureTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "StandardWebhooks");

    [Fact]
    public void A_signature_is_that_of_the_standard()
    {
        string signature = WebhookSignature.Of(
            ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1614265330,
            Encoding.UTF8.GetBytes("""{"test": 2432232314}"""));
        signature.ShouldBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    [Fact]
    public async Task The_package_standardwebhooks_verifies_what_is_sent_with_the_secret_and_for_a_day_with_the_one_before()
    {
        using var folder = new TemporaryServerFolder();
        await using WebhookHost receiver = await WebhookHost.StartAsync();
        await using ServerProcess server = await ServerProcess.StartAsync(folder.Path, "", ("TRACIRA_OUTBOUND__ALLOWEDNETWORKS", "127.0.0.0/8"));
        string first = await RotateAsync(server);
        await SendAsync(server, receiver, "before");
        string second = await RotateAsync(server);
        await SendAsync(server, receiver, "after");
        ReceivedWebhook[] received = await receiver.WaitAsync(2);
        ReceivedWebhook before = received.Single(static webhook => webhook.Body.Contains("before", StringComparison.Ordinal));
        ReceivedWebhook after = received.Single(static webhook => webhook.Body.Contains("after", StringComparison.Ordinal));
        ReceivedWebhook changed = after with { Body = after.Body.Replace("after", "later", StringComparison.Ordinal) };
        string another = "whsec_" + Convert.ToBase64String(new byte[32]);

        string checks = await InstallAsync();
        try
        {
            (await VerifyAsync(checks, first, before, after, changed)).ShouldBe(["verified", "verified", "No matching signature found"]);
            (await VerifyAsync(checks, second, before, after)).ShouldBe(["No matching signature found", "verified"]);
            (await VerifyAsync(checks, another, after)).ShouldBe(["No matching signature found"]);
        }
        finally
        {
            Directory.Delete(checks, recursive: true);
        }
    }

    private static async Task<string> RotateAsync(ServerProcess server) =>
        (await server.Http.PostJsonAsync("/api/settings/rotate-webhook-secret", ""))["webhookSecret"]!;

    private static async Task SendAsync(ServerProcess server, WebhookHost receiver, string output)
    {
        int count = receiver.Received.Length;
        string url = receiver.AddressOf("/hook");
        await server.Http.PostJsonAsync("/api/logs", $$"""{"project":"Größe","output":"{{output}} – €","callbackUrl":"{{url}}"}""");
        await receiver.WaitAsync(count + 1);
    }

    // The package, as its lock file has it, in a folder of its own: nothing is left behind in the sources.
    private static async Task<string> InstallAsync()
    {
        string folder = Directory.CreateTempSubdirectory("tracira-test-").FullName;
        foreach (string file in Directory.GetFiles(Folder))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        await RunAsync(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        return folder;
    }

    private static async Task<string[]> VerifyAsync(string folder, string secret, params ReceivedWebhook[] webhooks)
    {
        List<string> files = [];
        foreach (ReceivedWebhook webhook in webhooks)
        {
            string file = Path.Combine(folder, Guid.NewGuid() + ".json");
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new { headers = webhook.Headers, body = webhook.Body }));
            files.Add(file);
        }

        string output = await RunAsync(folder, "node", ["verify.mjs", secret, .. files]);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static async Task<string> RunAsync(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        process.ExitCode.ShouldBe(0, await error);
        return await output;
    }
}
