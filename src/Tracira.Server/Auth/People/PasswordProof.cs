using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Tracira.Server.Api;

namespace Tracira.Server.Auth.People;

/// <summary>Has people prove that they know their password.</summary>
internal sealed class PasswordProof(UserDirectory users, Passwords passwords, SignInThrottle throttle)
{
    /// <summary>Answers 401 without telling what was wrong.</summary>
    public static Task AnswerWrong(HttpContext http) =>
        Answers.Error(http, StatusCodes.Status401Unauthorized, "unauthorized", "This e-mail address and password do not belong together.");

    /// <summary>Checks a password; answers 429 where it was guessed at too often.</summary>
    /// <param name="http">The request.</param>
    /// <param name="email">Whose password it should be; there need be no such user.</param>
    /// <param name="password">The password.</param>
    /// <param name="answerWrong">Answers where it is wrong.</param>
    /// <returns>The user, or null where the request has been answered.</returns>
    public async ValueTask<User?> AskAsync(HttpContext http, string email, string password, Func<HttpContext, Task> answerWrong)
    {
        string account = EmailAddress.KeyOf(email);
        if (throttle.Begin(account, http.Connection.RemoteIpAddress) is { } wait)
        {
            int seconds = (int)Math.Ceiling(wait.TotalSeconds);
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            await Answers.Error(
                http, StatusCodes.Status429TooManyRequests, "rate_limited", $"Too many failed attempts. Try again in {seconds} seconds.").ConfigureAwait(false);
            return null;
        }

        User? user = await users.FindByEmailAsync(account).ConfigureAwait(false);
        PasswordVerificationResult result = passwords.Verify(user, password);
        if (result == PasswordVerificationResult.Failed)
        {
            await answerWrong(http).ConfigureAwait(false);
            return null;
        }

        throttle.Succeed(account, http.Connection.RemoteIpAddress);
        return result == PasswordVerificationResult.SuccessRehashNeeded
            ? await users.ChangeAsync(user!.Id, known => known with { PasswordHash = passwords.Hash(password) }).ConfigureAwait(false)
            : user;
    }
}
