using SessionAuth.Api.Http.Problems;

namespace SessionAuth.Api.Passkeys;

/// <summary>The problems of the passkey calls.</summary>
internal static class PasskeyProblems
{
    public static readonly ApiProblem PasskeyNotAccepted = new(
        StatusCodes.Status400BadRequest,
        "passkey-not-accepted",
        "This passkey could not be added. Try again, or use another device or security key."
    )
    {
        IsRefusal = true,
    };

    public static readonly NotFoundProblem PasskeyNotFound = new(
        "passkey-not-found",
        "You have no such passkey."
    );

    public static readonly ConflictProblem TooManyPasskeys = new(
        "too-many-passkeys",
        "You have as many passkeys as you may. Remove one first."
    );

    public static readonly ConflictProblem PasskeysUnavailable = new(
        "passkeys-unavailable",
        "Passkeys need these pages to be at ROOT_DOMAIN or at a subdomain of it: set ROOT_DOMAIN and PUBLIC_URL so."
    );
}
