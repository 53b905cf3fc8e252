using SessionAuth.Domain;

namespace SessionAuth.Api.Http.Requests;

/// <summary>The subject of a request for the security log, without emails and session ids in plain text.</summary>
internal static class RequestSubject
{
    /// <summary>Records that the request names an email, with or without an account.</summary>
    public static void SetSubject(this HttpContext context, EmailKey email) =>
        context.Features.Set(new Named($"email {email.Fingerprint}"));

    /// <summary>Records that the request names a user id, existing or not.</summary>
    public static void SetSubject(this HttpContext context, UserId user) =>
        context.Features.Set(new Named($"user {user.Value}"));

    /// <summary>The subject that the request names, and the session that it comes from.</summary>
    public static string Subject(this HttpContext context) =>
        (context.Features.Get<Named>(), context.Features.Get<CurrentSession>()) switch
        {
            ({ } named, null) => named.Text,
            ({ } named, { } current) => $"{named.Text}, {Words(current)}",
            (null, { } current) => Words(current),
            (null, null) => "unknown subject",
        };

    private static string Words(CurrentSession current) =>
        $"session {current.Id.Fingerprint}, user {current.User.Value}";

    private sealed record Named(string Text);
}
