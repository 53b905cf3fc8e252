namespace SessionAuth.Ui.Security;

/// <summary>The kind of response, which determines its security headers.</summary>
public enum UiAnswer
{
    /// <summary>One of the pages, or one of their files.</summary>
    Page,

    /// <summary>The page for requests to a host name that is not one of the server's.</summary>
    UnknownHost,
}
