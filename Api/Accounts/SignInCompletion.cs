using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Accounts;

/// <summary>Completes a sign-in with password, code or passkey.</summary>
internal sealed class SignInCompletion(
    BrowserSession browser,
    SignInCookie signInCookie,
    SecurityLog log
)
{
    /// <summary>Sets the session cookies, deletes the cookie of the first step, and returns the account.</summary>
    public Ok<LoginAnswer> Complete(HttpContext context, string email, SessionTokens tokens)
    {
        browser.SignIn(context, tokens);
        signInCookie.ClearIfSent(context);
        log.SignedIn(tokens.User, tokens.Session.Fingerprint, context.ClientIpAddress());
        Account account = Account.Of(email, tokens);
        return TypedResults.Ok(new LoginAnswer(account.UserId, account.Email, account.Next));
    }
}
