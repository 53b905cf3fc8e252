using SessionAuth.Api.Problems;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Passkeys;

/// <summary>The errors that passkeys are answered with.</summary>
internal static class PasskeyProblems
{
    public static readonly ApiProblem PasskeyRefused = new(
        StatusCodes.Status401Unauthorized,
        "passkey-refused",
        "This passkey was not accepted. Try again, or use another way to sign in."
    );

    public static readonly ApiProblem PasskeyNotAccepted = new(
        StatusCodes.Status400BadRequest,
        "passkey-not-accepted",
        "This passkey could not be added. Try again, or use another device or security key."
    );

    public static readonly ApiProblem PasskeyNotFound = new(
        StatusCodes.Status404NotFound,
        "passkey-not-found",
        "You have no such passkey."
    );

    public static readonly ApiProblem TooManyPasskeys = new(
        StatusCodes.Status409Conflict,
        "too-many-passkeys",
        "You have as many passkeys as you may. Remove one first."
    );

    public static readonly ApiProblem PasskeysUnavailable = new(
        StatusCodes.Status409Conflict,
        "passkeys-unavailable",
        "Passkeys need these pages to be at ROOT_DOMAIN or at a subdomain of it: set ROOT_DOMAIN and PUBLIC_URL so."
    );

    public static ApiProblem NotSignedIn(UserAnswer answer) =>
        answer switch
        {
            AddressNotVerified => s_addressNotVerified,
            Refused => PasskeyRefused,
            _ => ApiProblems.Busy,
        };

    public static ApiProblem NotAdded(UserAnswer answer) =>
        answer switch
        {
            StepUpRequired => s_stepUpRequired,
            TooMany => TooManyPasskeys,
            NotAllowed => s_secondFactorsOff,
            AlreadySo => PasskeyNotAccepted,
            _ => ApiProblems.NotSignedIn,
        };

    public static ApiProblem NotRemoved(UserAnswer answer) =>
        answer switch
        {
            StepUpRequired => s_stepUpRequired,
            NotAllowed => s_secondFactorNeeded,
            _ => PasskeyNotFound,
        };

    private static readonly ApiProblem s_addressNotVerified = new(
        StatusCodes.Status403Forbidden,
        "address-not-verified",
        "Open the link that was mailed to you first."
    );

    private static readonly ApiProblem s_stepUpRequired = new(
        StatusCodes.Status403Forbidden,
        "step-up-required",
        "Prove once more who you are."
    );

    private static readonly ApiProblem s_secondFactorsOff = new(
        StatusCodes.Status403Forbidden,
        "second-factors-off",
        "Second factors and passkeys are switched off here."
    );

    private static readonly ApiProblem s_secondFactorNeeded = new(
        StatusCodes.Status409Conflict,
        "second-factor-needed",
        "You need a second factor here. Add another before you remove this one."
    );
}
