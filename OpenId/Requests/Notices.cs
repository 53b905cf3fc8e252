using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using SessionAuth.OpenId.Browsers;

namespace SessionAuth.OpenId.Requests;

/// <summary>What people are told when a request of an application goes nowhere.</summary>
internal static class Notices
{
    /// <summary>The request is invalid, so that nobody is sent anywhere (RFC 9700 §4.11).</summary>
    /// <param name="error">The code of the error, for whoever runs the application.</param>
    /// <param name="description">The library's description; null for none.</param>
    public static Notice Refused(string error, string? description) =>
        new(
            StatusCodes.Status400BadRequest,
            "The application sent an invalid request",
            "Go back to the application and try again. If that does not help, tell whoever runs it: "
                + $"{error}. {description}"
        );

    /// <summary>The sealed request is too old, or was changed.</summary>
    public static Notice Expired { get; } =
        new(
            StatusCodes.Status400BadRequest,
            "This sign-in took too long",
            "Go back to the application and try again."
        );

    /// <summary>The request is longer than can be kept.</summary>
    public static Notice TooLong { get; } = Refused("invalid_request", "The request is too long.");

    /// <summary>Asks whether a program on the user's device may use the session.</summary>
    /// <param name="application">The name of the application.</param>
    /// <param name="link">Where to go on.</param>
    public static Notice Confirm(string application, string link) =>
        new(
            StatusCodes.Status200OK,
            $"Continue to {application}?",
            $"A program on this device asks to use your account. Continue only if you have just started {application} there."
        )
        {
            Link = link,
            LinkText = "Continue",
        };

    /// <summary>The same request works in a moment.</summary>
    public static Notice TryAgain(HttpContext context) =>
        new(
            StatusCodes.Status503ServiceUnavailable,
            "Try again in a moment",
            "Your browser has just been signed in anew, or is about to be."
        )
        {
            Link = context.Request.GetEncodedPathAndQuery(),
            LinkText = "Try again",
        };
}
