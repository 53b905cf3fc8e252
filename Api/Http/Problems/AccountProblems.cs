namespace SessionAuth.Api.Http.Problems;

/// <summary>The problems of the account calls.</summary>
internal static class AccountProblems
{
    public static readonly ApiProblem RegistrationClosed = new(
        StatusCodes.Status403Forbidden,
        "registration-closed",
        "Registration is closed."
    );

    public static readonly ApiProblem EmailNotVerified = new(
        StatusCodes.Status403Forbidden,
        "email-not-verified",
        "Verify your email first: open the link in the email that we sent you."
    );

    public static readonly ApiProblem StartOverNeeded = new(
        StatusCodes.Status403Forbidden,
        "start-over-needed",
        "Sign in to this account, or enter its password. Without either, the email is verified only by starting the "
            + "account over, which removes its password and ends its sessions."
    );

    public static readonly ConflictProblem AlreadyVerified = new(
        "already-verified",
        "This email is already verified."
    );

    public static readonly ApiProblem LinkRefused = new(
        StatusCodes.Status400BadRequest,
        "link-refused",
        "This link is no longer valid. Request a new one."
    )
    {
        IsRefusal = true,
    };

    public static readonly UnauthorizedProblem LoginExpired = new(
        "login-expired",
        "Your sign-in timed out. Enter your password again."
    );

    public static readonly UnauthorizedProblem CodeRefused = new(
        "code-refused",
        "Incorrect code, or it was already used."
    );

    public static readonly UnauthorizedProblem PasskeyRefused = new(
        "passkey-refused",
        "This passkey is not registered here, or the request timed out. Try again."
    );

    public static readonly UnauthorizedProblem PasskeyChanged = new(
        "passkey-changed",
        "This passkey is of another kind than when it was added: it can be copied to other devices, or not any more. "
            + "Sign in another way, remove it, and add it again."
    );

    public static readonly ApiProblem SecondFactorRequired = new(
        StatusCodes.Status403Forbidden,
        "second-factor-required",
        "A second factor is required: set one up, or use the one you have."
    );

    public static readonly ApiProblem FactorsOff = new(
        StatusCodes.Status403Forbidden,
        "second-factors-off",
        "Second factors are turned off here."
    );

    public static readonly ConflictProblem FactorNeeded = new(
        "second-factor-needed",
        "This is your last second factor, and one is required here. Add another first."
    );

    public static readonly ConflictProblem FactorOn = new(
        "second-factor-on",
        "This second factor is already set up. Remove it first."
    );

    public static readonly NotFoundProblem NoFactor = new(
        "no-second-factor",
        "This account has no such second factor."
    );

    public static readonly ConflictProblem NoFactorPending = new(
        "no-second-factor-pending",
        "There is nothing to confirm. Start again."
    );

    /// <summary>Too many emails were requested from the client's network.</summary>
    public static TooManyRequestsProblem TooManyMails(TimeSpan wait) =>
        new(
            "too-many-tries",
            "Too many emails were requested from your network. Wait before you try again.",
            wait
        );

    public static ApiProblem StepUpRequired(IReadOnlyList<IReadOnlyList<string>> accepts) =>
        new(
            StatusCodes.Status403Forbidden,
            "step-up-required",
            "Confirm it's you: this needs a more recent or a stronger authentication.",
            Accepts: accepts
        );
}
