using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Whom a request is about, as far as has been found out, in the words of the security log: no address, no session id.</summary>
internal static class RequestSubject
{
    /// <summary>The request names an address, somebody's or not.</summary>
    public static void IsAbout(this HttpContext context, EmailKey address) =>
        context.Features.Set(new Named($"address {address.Fingerprint}"));

    /// <summary>The request names a user, who may not exist.</summary>
    public static void IsAbout(this HttpContext context, UserId user) =>
        context.Features.Set(new Named($"user {user.Value}"));

    /// <summary>Whom it is about: whom it names, else whose session it comes from.</summary>
    public static string Subject(this HttpContext context) =>
        (context.Features.Get<Named>(), context.Features.Get<CurrentSession>()) switch
        {
            ({ } named, null) => named.Text,
            ({ } named, { } current) => $"{named.Text}, {Words(current)}",
            (null, { } current) => Words(current),
            (null, null) => "nobody known",
        };

    private static string Words(CurrentSession current) =>
        $"session {current.Id.Fingerprint}, user {current.User.Value}";

    private sealed record Named(string Text);
}
