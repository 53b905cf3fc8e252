namespace SessionAuth.Ui.Security;

/// <summary>The kind of response, which determines its security headers.</summary>
public enum UiAnswer
{
    /// <summary>One of the pages, or one of their files.</summary>
    Page,

    /// <summary>A page at a host for which no file of the pages is served.</summary>
    Standalone,

    /// <summary>The same, in a frame of an application at that host.</summary>
    Framed,
}
