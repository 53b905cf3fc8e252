using SessionAuth.Api.Http.Problems;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Accounts;

/// <summary>An email as entered by a client.</summary>
internal static class EmailInput
{
    /// <summary>
    /// The key of the email. Invalid text has a key, too, so that it is handled like an unknown email and takes the
    /// same time (user enumeration).
    /// </summary>
    public static EmailKey KeyOf(string typed) =>
        EmailKey.Of(
            EmailAddress.TryParse(typed, out EmailAddress? canonical) ? canonical.Value : typed
        );

    /// <summary>The problem for an invalid email, with an explanation if it is not obvious.</summary>
    public static ApiProblem Invalid(string typed) =>
        EmailAddress.HasNonAsciiLocalPart(typed)
            ? ApiProblems.InvalidField(
                "email",
                "Use an email with only plain letters (a to z) before the @."
            )
            : ApiProblems.InvalidEmail;
}
