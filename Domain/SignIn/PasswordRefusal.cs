namespace SessionAuth.Domain.SignIn;

/// <summary>Why a new password is rejected.</summary>
public enum PasswordRefusal
{
    /// <summary>Fewer code points than the minimum.</summary>
    TooShort,

    /// <summary>More code points than the maximum.</summary>
    TooLong,

    /// <summary>On the list of common passwords.</summary>
    Common,

    /// <summary>The account's email, or its local part.</summary>
    LikeTheEmail,

    /// <summary>The name of this service or of its domain.</summary>
    LikeTheService,

    /// <summary>On a list of passwords known from data breaches.</summary>
    Breached,
}
