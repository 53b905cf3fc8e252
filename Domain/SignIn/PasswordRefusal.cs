namespace SessionAuth.Domain.SignIn;

/// <summary>Why a new password is refused.</summary>
public enum PasswordRefusal
{
    /// <summary>Fewer code points than the minimum.</summary>
    TooShort,

    /// <summary>More code points than the maximum.</summary>
    TooLong,

    /// <summary>On the list of common passwords.</summary>
    Common,

    /// <summary>The user's own email address, or the part of it before the @.</summary>
    LikeTheAddress,

    /// <summary>The name of this service or of its domain.</summary>
    LikeTheService,

    /// <summary>On the list of passwords known from breaches.</summary>
    Breached,
}
