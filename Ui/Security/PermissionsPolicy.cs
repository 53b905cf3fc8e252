namespace SessionAuth.Ui.Security;

/// <summary>
/// What the pages, and whatever might ever run in them, may ask of the browser: passkeys, and nothing else of all that
/// needs a permission. Only features that browsers know, since each other one is a warning in everybody's console.
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
