namespace SessionAuth.Ui.Security;

/// <summary>What an answer shows of the pages, which its headers go by.</summary>
public enum UiAnswer
{
    /// <summary>One of the pages, or a file of theirs.</summary>
    Page,

    /// <summary>The page for those at an address that is none of the server's.</summary>
    Elsewhere,
}
