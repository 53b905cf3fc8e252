namespace SessionAuth.Grains.Interfaces.Users;

/// <summary>Why a new password is refused.</summary>
[GenerateSerializer, Alias("password-refusal")]
public enum PasswordRefusal
{
    /// <summary>Fewer code points than the least allowed.</summary>
    TooShort,

    /// <summary>More code points than the most allowed.</summary>
    TooLong,

    /// <summary>On the list of common passwords.</summary>
    Common,

    /// <summary>The user's own address, or the part before the @.</summary>
    LikeTheAddress,

    /// <summary>The name of this service or of its domain.</summary>
    LikeTheService,

    /// <summary>Known to have come out elsewhere.</summary>
    Breached,
}
