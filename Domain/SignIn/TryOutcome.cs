namespace SessionAuth.Domain.SignIn;

/// <summary>The outcome of an attempt.</summary>
public enum TryOutcome
{
    /// <summary>The secret was not checked: the attempt does not count.</summary>
    NotLookedAt,

    /// <summary>The secret was wrong, or there is no such account.</summary>
    Failed,

    /// <summary>The secret was right.</summary>
    Succeeded,
}
