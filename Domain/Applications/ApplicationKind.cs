namespace SessionAuth.Domain.Applications;

/// <summary>How an application uses sessions.</summary>
public enum ApplicationKind
{
    /// <summary>A reverse proxy asks about each request to it; it need not know of this server.</summary>
    Proxied,

    /// <summary>A client of OpenID Connect that keeps a secret (RFC 6749 §2.1).</summary>
    Confidential,

    /// <summary>A client of OpenID Connect that cannot keep a secret, such as one in a browser or on a phone.</summary>
    Public,
}

/// <summary>What ends when the user signs out at an application.</summary>
public enum ApplicationSignOut
{
    /// <summary>The session, and with it the access of all other applications.</summary>
    Session,

    /// <summary>The access of this application alone.</summary>
    Application,
}

/// <summary>What an application behind a proxy is told as its user's name.</summary>
public enum RemoteUserName
{
    /// <summary>The user id, which never changes.</summary>
    Id,

    /// <summary>The email, for applications that know people by it; empty until it is verified.</summary>
    Email,
}

/// <summary>The signature of identity tokens.</summary>
public enum IdentityTokenAlgorithm
{
    /// <summary>ECDSA with P-256 and SHA-256.</summary>
    ES256,

    /// <summary>RSA with SHA-256, for clients that know nothing else.</summary>
    RS256,
}
