namespace SessionAuth.Settings;

/// <summary>A setting that is <c>on</c> or <c>off</c>.</summary>
public enum Toggle
{
    /// <summary><c>off</c>.</summary>
    Off,

    /// <summary><c>on</c>.</summary>
    On,
}
