using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Http.Requests;

namespace SessionAuth.Api.Http.Security;

/// <summary>
/// A page that shows an account says whose with each call. When somebody else has signed in in another tab meanwhile, the
/// cookies are theirs: then nothing is done, so that neither account is shown or changed in the other's place.
/// </summary>
internal sealed class ShownUserCheck(RequestDelegate next)
{
    /// <summary>The header with the user's id; a client that sends none is answered by its cookies alone.</summary>
    public const string Header = "Session-User";

    public Task InvokeAsync(HttpContext context) =>
        context.Request.Headers[Header] is [{ } shown]
        && context.Features.Get<CurrentSession>() is { } current
        && !string.Equals(shown, current.User.Value, StringComparison.Ordinal)
            ? ApiProblems.AnotherUser.ExecuteAsync(context)
            : next(context);
}
