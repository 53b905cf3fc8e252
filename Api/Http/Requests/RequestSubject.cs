using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>Whom a request is about, as far as is known, as the security log writes it: without email addresses and session ids.</summary>
internal static class RequestSubject
{
    /// <summary>The request names an email address, whether it has an account or not.</summary>
    public static void IsAbout(this HttpContext context, EmailKey address) =>
        context.Features.Set(new Named($"address {address.Fingerprint}"));

    /// <summary>The request names a user id, whether it exists or not.</summary>
    public static void IsAbout(this HttpContext context, UserId user) =>
        context.Features.Set(new Named($"user {user.Value}"));

    /// <summary>Whom the request names, and whose session it comes from.</summary>
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
