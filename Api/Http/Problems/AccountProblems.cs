namespace SessionAuth.Api.Http.Problems;

/// <summary>The errors of the account calls.</summary>
internal static class AccountProblems
{
    public static readonly ApiProblem RegistrationClosed = new(
        StatusCodes.Status403Forbidden,
        "registration-closed",
        "Nobody can register here."
    );

    public static readonly ApiProblem AddressNotVerified = new(
        StatusCodes.Status403Forbidden,
        "address-not-verified",
        "Verify your address first: open the link in the mail that we have sent you."
    );

    public static readonly ApiProblem StartOverNeeded = new(
        StatusCodes.Status403Forbidden,
        "start-over-needed",
        "Sign in to this account, or give its password. Without either, the address is verified only by starting the "
            + "account over, which removes its password and ends its sessions."
    );

    public static readonly ConflictProblem AlreadyVerified = new(
        "already-verified",
        "This address is verified already."
    );

    public static readonly ApiProblem LinkRefused = new(
        StatusCodes.Status400BadRequest,
        "link-refused",
        "This link is not valid any more. Ask for a new one."
    )
    {
        IsRefusal = true,
    };

    public static readonly UnauthorizedProblem LoginExpired = new(
        "login-expired",
        "This sign-in took too long. Begin again with your password."
    );

    public static readonly UnauthorizedProblem CodeRefused = new(
        "code-refused",
        "This code is not right, or was used before."
    );

    public static readonly UnauthorizedProblem PasskeyRefused = new(
        "passkey-refused",
        "This passkey is not known here, or the answer came too late. Try again."
    );

    public static readonly UnauthorizedProblem PasskeyChanged = new(
        "passkey-changed",
        "This passkey is of another kind than when it was added: it can be copied to other devices, or not any more. "
            + "Sign in another way, remove it, and add it again."
    );

    public static readonly ApiProblem SecondFactorRequired = new(
        StatusCodes.Status403Forbidden,
        "second-factor-required",
        "Set up a second factor, or use the one that you have, before anything else."
    );

    public static readonly ApiProblem FactorsOff = new(
        StatusCodes.Status403Forbidden,
        "second-factors-off",
        "Second factors cannot be added here."
    );

    public static readonly ConflictProblem FactorNeeded = new(
        "second-factor-needed",
        "A second factor is needed here, and this is the last. Add another first."
    );

    public static readonly ConflictProblem TotpOn = new(
        "totp-on",
        "An authenticator app is on already. Remove it first."
    );

    public static readonly NotFoundProblem NoTotp = new(
        "no-totp",
        "There is no authenticator app on this account."
    );

    public static readonly ConflictProblem NoTotpPending = new(
        "no-totp-pending",
        "There is nothing to confirm. Begin again."
    );

    /// <summary>Too many mails were asked for from the client's network.</summary>
    public static TooManyRequestsProblem TooManyMails(TimeSpan wait) =>
        new(
            "too-many-tries",
            "Too many mails were asked for from your network. Wait before you try again.",
            wait
        );

    public static ApiProblem StepUpRequired(IReadOnlyList<IReadOnlyList<string>> accepts) =>
        new(
            StatusCodes.Status403Forbidden,
            "step-up-required",
            "Prove once more that it is you: your last proof is too old or too weak for this.",
            Accepts: accepts
        );
}
