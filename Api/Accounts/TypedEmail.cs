using SessionAuth.Api.Http.Problems;
using SessionAuth.Domain;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Api.Accounts;

/// <summary>An email address as somebody typed it.</summary>
internal static class TypedEmail
{
    /// <summary>
    /// The key of the address. A text that is no address has one too: it belongs to nobody, and is answered like an unknown
    /// address and after the same time.
    /// </summary>
    public static EmailKey KeyOf(string typed) =>
        EmailKey.Of(
            EmailAddress.TryParse(typed, out EmailAddress? canonical) ? canonical.Value : typed
        );

    /// <summary>The problem of a text that is no address; where people would wonder why, the words say so.</summary>
    public static ApiProblem Invalid(string typed) =>
        EmailAddress.HasForeignLetters(typed)
            ? ApiProblems.InvalidField(
                "email",
                "Mail can only be sent to plain letters (a to z) before the @. Use another address."
            )
            : ApiProblems.InvalidAddress;
}
