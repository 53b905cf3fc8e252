using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// Rejects a call if the page shows another user than the session's. After another user has signed in in a second tab,
/// the cookies belong to that user: the page must not show or change the wrong account.
/// </summary>
internal sealed class SessionUserCheck(RequestDelegate next)
{
    /// <summary>The header with the id of the user that the page shows. Without it there is no check.</summary>
    public const string Header = "Session-User";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers[Header] is [{ } shown]
        && context.Features.Get<CurrentSession>() is { } current
        && !string.Equals(shown, current.User.Value, StringComparison.Ordinal)
            ? ApiProblems.AnotherUser.ExecuteAsync(context)
            : next(context);
}
