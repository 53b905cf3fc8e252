namespace SessionAuth.Ui.Security;

/// <summary>
/// Allows the pages, and a script injected into them, no browser feature that needs a permission except passkeys. It
/// lists only features that browsers know, since they log a warning for each other one.
/// </summary>
internal static class PermissionsPolicy
{
    private static readonly string[] s_own =
    [
        "publickey-credentials-create",
        "publickey-credentials-get",
    ];

    private static readonly string[] s_none =
    [
        "accelerometer",
        "autoplay",
        "camera",
        "display-capture",
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "picture-in-picture",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    ];

    public static string Value { get; } =
        string.Join(
            ", ",
            [
                .. s_none.Select(feature => feature + "=()"),
                .. s_own.Select(feature => feature + "=(self)"),
            ]
        );
}
