using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Sessions.Grants;

namespace SessionAuth.Api.Proxied.Checks;

/// <summary>
/// The headers that tell an application who makes a request. A good answer has all of them, empty where there is nothing
/// to tell: so a proxy that copies them leaves none that its client has sent.
/// </summary>
internal sealed class IdentityHeaders(Assertions assertions)
{
    private const string User = "Remote-User";
    private const string Email = "Remote-Email";
    private const string Name = "Remote-Name";
    private const string Groups = "Remote-Groups";
    private const string Assertion = "X-SessionAuth-Assertion";

    /// <summary>Sets the headers of a request without a session, such as a preflight.</summary>
    public static void SetNone(IHeaderDictionary headers) => Set(headers, "", "", "");

    /// <summary>Sets the headers.</summary>
    /// <param name="headers">The headers of the answer.</param>
    /// <param name="application">The application.</param>
    /// <param name="origin">Its origin.</param>
    /// <param name="credential">What the request was made with.</param>
    /// <param name="standing">The result of the check.</param>
    /// <param name="profile">What is told of the user.</param>
    public void Set(
        IHeaderDictionary headers,
        Application application,
        string origin,
        ApplicationCredential credential,
        GrantStanding standing,
        ToldProfile profile
    )
    {
        string user = application.RemoteUser switch
        {
            RemoteUserName.Id => standing.User.Value,
            RemoteUserName.Email => profile.Email,
        };
        Set(
            headers,
            user,
            profile.Email,
            assertions.Of(credential, origin, standing, profile.Email)
        );
    }

    private static void Set(IHeaderDictionary headers, string user, string email, string assertion)
    {
        headers[User] = user;
        headers[Email] = email;
        headers[Name] = "";
        headers[Groups] = "";
        headers[Assertion] = assertion;
    }
}
