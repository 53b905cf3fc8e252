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
    public Ok<LoginAnswer> Complete(HttpContext context, string email, SessionGrant grant)
    {
        browser.SignIn(context, grant);
        signInCookie.ClearIfSent(context);
        log.SignedIn(grant.User, grant.Session.Fingerprint, context.ClientIpAddress());
        Account account = Account.Of(email, grant);
        return TypedResults.Ok(new LoginAnswer(account.UserId, account.Email, account.Next));
    }
}
