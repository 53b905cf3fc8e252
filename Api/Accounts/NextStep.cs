namespace SessionAuth.Api.Accounts;

/// <summary>What is to be done next.</summary>
/// <param name="Next">verify-address, reset-password, or none.</param>
internal sealed record NextStep(string Next)
{
    /// <summary>The address has to be verified by the mail that has been sent.</summary>
    public static NextStep VerifyAddress { get; } = new("verify-address");

    /// <summary>The account has no password any more: it has to be reset.</summary>
    public static NextStep ResetPassword { get; } = new("reset-password");

    /// <summary>Nothing.</summary>
    public static NextStep None { get; } = new("none");
}
