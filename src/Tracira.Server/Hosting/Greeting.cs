namespace Tracira.Server.Hosting;

/// <summary>What a server says when it is up.</summary>
internal static class Greeting
{
    public static void Write(TextWriter output, ServerOptions options, string[] addresses, Workspace workspace, bool isNew)
    {
        output.WriteLine($"Tracira {ProductVersion.Current}, data in {options.DataFolder}");
        foreach (string address in addresses)
            output.WriteLine($"Listening on {address}");
        if (isNew)
            WriteFirstStart(output, addresses.FirstOrDefault() ?? ServerOptions.DefaultUrls, workspace.WebhookToken);
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
}
