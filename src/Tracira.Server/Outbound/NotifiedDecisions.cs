using Tracira.Server.Api;
using Tracira.Server.Auth;

namespace Tracira.Server.Outbound;

/// <summary>The decisions of people who were told of a log and answer from where they were told.</summary>
internal sealed class NotifiedDecisions(LogReviews reviews, AuditLog audit, TimeProvider time)
{
    /// <summary>Decides on a log.</summary>
    /// <param name="http">The request; it has a caller from now on, whose name goes into the decision.</param>
    /// <param name="caller">Who decides.</param>
    /// <param name="logId">On what.</param>
    /// <param name="kind">How.</param>
    /// <param name="source"><c>slack</c> or <c>email</c>.</param>
    /// <param name="note">What the person wrote beside it.</param>
    /// <exception cref="StoreUnavailableException">The store cannot accept a write; nothing was decided.</exception>
    public async ValueTask<ReviewResult> DecideAsync(
        HttpContext http, Caller caller, string logId, DecisionKind kind, string source, string? note = null)
    {
        http.Features.Set(caller);
        var decision = new Decision(kind, time.GetUtcNow(), caller.Name, source, note);
        ReviewResult result = (await reviews.DecideAsync(caller.Workspace.Id, [logId], decision).ConfigureAwait(false))[0];
        if (result.Outcome == ReviewOutcome.Done)
        {
            var details = new Dictionary<string, string?> { ["decision"] = WireNames.Decision[kind] };
            await audit.WriteAsync(http, "log.decided", logId, details: details).ConfigureAwait(false);
        }

        return result;
    }
}
