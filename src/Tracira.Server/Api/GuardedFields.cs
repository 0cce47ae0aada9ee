using Tracira.Server.Outbound;

namespace Tracira.Server.Api;

internal static class GuardedFields
{
    /// <summary>Has the outbound guard look at a field that is an address the server will fetch from or post to.</summary>
    public static void CheckAddress(this FieldReader fields, string name, OutboundGuard guard)
    {
        if (Uri.TryCreate(fields.Text(name)?.Trim(), UriKind.Absolute, out Uri? uri) && guard.Check(uri) is { } refusal)
            fields.Fault(name, refusal);
    }
}
