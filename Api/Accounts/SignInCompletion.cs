using Microsoft.AspNetCore.Http.HttpResults;
using SessionAuth.Api.Cookies;
using SessionAuth.Api.Devices;
using SessionAuth.Api.Http.Logging;
using SessionAuth.Api.Sessions;
using SessionAuth.Domain.Sessions;

namespace SessionAuth.Api.Accounts;

/// <summary>The end of every sign-in, by password, code or passkey: the browser gets its session.</summary>
internal sealed class SignInCompletion(
    BrowserSession browser,
    SignInCookie signInCookie,
    SecurityLog log
)
{
    /// <summary>Gives the browser the session's tokens, removes the cookie of the first step, and says whose account it is.</summary>
    public Ok<LoginAnswer> Complete(HttpContext context, string email, SessionGrant grant)
    {
        browser.SignIn(context, grant);
        signInCookie.ClearIfSent(context);
        log.SignedIn(grant.User, grant.Session.Fingerprint, context.ClientAddress());
        Account account = Account.Of(email, grant);
        return TypedResults.Ok(new LoginAnswer(account.UserId, account.Email, account.Next));
    }
}
