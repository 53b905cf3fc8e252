namespace SessionAuth.Api.Accounts;

/// <summary>The next step that the user has to take.</summary>
/// <param name="Next">One of <c>verify-email</c>, <c>reset-password</c> or <c>none</c>.</param>
internal sealed record NextStep(string Next)
{
    /// <summary>The email has to be verified with the link that was sent to it.</summary>
    public static NextStep VerifyEmail { get; } = new("verify-email");

    /// <summary>The account has no password: it has to be reset.</summary>
    public static NextStep ResetPassword { get; } = new("reset-password");

    /// <summary>No further step.</summary>
    public static NextStep None { get; } = new("none");
}
