using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// A page that shows an account sends its user's id with each call. When another user has signed in in another tab, the
/// cookies are that user's: the call is refused, so that no account is shown or changed in place of another.
/// </summary>
internal sealed class ShownUserCheck(RequestDelegate next)
{
    /// <summary>The header with the user's id; without it, the cookies alone decide.</summary>
    public const string Header = "Session-User";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers[Header] is [{ } shown]
        && context.Features.Get<CurrentSession>() is { } current
        && !string.Equals(shown, current.User.Value, StringComparison.Ordinal)
            ? ApiProblems.AnotherUser.ExecuteAsync(context)
            : next(context);
}
