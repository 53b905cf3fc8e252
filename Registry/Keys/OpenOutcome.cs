namespace SessionAuth.Registry.Keys;

/// <summary>The outcome of reading a value that names its key.</summary>
public enum OpenOutcome
{
    /// <summary>The value is valid.</summary>
    Opened,

    /// <summary>The value is invalid, or its key was removed. Answer 401.</summary>
    Invalid,

    /// <summary>The value may be valid: this node could not ask for its key. Answer 503.</summary>
    KeyNotHeld,
}
