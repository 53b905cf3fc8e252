namespace SessionAuth.Domain.SignIn;

/// <summary>The outcome of an attempt.</summary>
public enum AttemptOutcome
{
    /// <summary>The secret was not verified: the attempt does not count.</summary>
    NotVerified,

    /// <summary>The secret was wrong, or there is no such account.</summary>
    Failed,

    /// <summary>The secret was right.</summary>
    Succeeded,
}
