namespace SessionAuth.Domain.Applications.Proxied;

/// <summary>What a browser, or another client, does with the answer to a request to a proxied application.</summary>
public enum ProxiedRequestKind
{
    /// <summary>It shows it as a page: without a session, the browser is sent to the sign-in pages.</summary>
    Document,

    /// <summary>It shows it inside of another page, where nobody can sign in.</summary>
    Frame,

    /// <summary>It asks whether a request from another origin is allowed (CORS preflight), without cookies.</summary>
    Preflight,

    /// <summary>A script or a program reads it: a redirect to a page would be of no use.</summary>
    Other,
}
