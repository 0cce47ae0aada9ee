namespace Tracira.Server.Tests.Contract;

/// <summary>A server on which cases are tried, with limits that a case can reach.</summary>
public class ContractStage : ServerFixture
{
    /// <summary>Sends calls; follows no redirect and keeps no cookie.</summary>
    public HttpClient Plain { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    protected override (string Name, string Value)[] Environment =>
    [
        ("TRACIRA_RATELIMIT__LOGSPERMINUTE", "510"),
        ("TRACIRA_RATELIMIT__EVALUATIONSPERMINUTE", "3"),
        ("TRACIRA_LIMITS__BODYBYTES", $"{ContractCases.BodyBytes}"),
        ("TRACIRA_LIMITS__ATTACHMENTBYTES", "65536"),
        ("TRACIRA_SIGNIN__FAILURESPERACCOUNT", "3"),
        ("TRACIRA_SIGNIN__FAILURESPERADDRESS", "1000"),
        ("TRACIRA_JUDGING__CONCURRENCY", "1"),
    ];
}
