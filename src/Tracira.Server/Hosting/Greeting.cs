namespace Tracira.Server.Hosting;

/// <summary>What a server says when it is up.</summary>
internal static class Greeting
{
    public static void Write(TextWriter output, ServerOptions options, string[] addresses, Workspace workspace, bool isNew, string? setupToken)
    {
        output.WriteLine($"Tracira {ProductVersion.Current}, data in {options.DataFolder}");
        foreach (string address in addresses)
            output.WriteLine($"Listening on {address}");
        string reachable = options.PublicUrl ?? addresses.FirstOrDefault() ?? ServerOptions.DefaultUrls;
        if (isNew)
            WriteFirstStart(output, reachable, workspace.WebhookToken);
        if (setupToken is not null)
            WriteSetup(output, $"{reachable}/setup?token={setupToken}");
        output.Flush();
    }

    private static void WriteFirstStart(TextWriter output, string address, string token) => output.WriteLine($$"""

        A new workspace is ready. Its token (`tracira token show` tells it again):

          {{token}}

        Send a first output:

          curl -X POST {{address}}/api/logs \
            -H "Authorization: Bearer {{token}}" \
            -H "Content-Type: application/json" \
            -d '{"project":"my-first-project","output":"Here is my AI-generated response.","sync":true}'

        """);

    private static void WriteSetup(TextWriter output, string link) => output.WriteLine($"""

        Nobody can sign in yet. Make the first admin here (the link is good for one use, until the next start):

          {link}

        """);
}
