namespace SessionAuth.Domain.Applications;

/// <summary>An application that may ask for sessions, as its operator has registered it. Immutable.</summary>
public sealed record Application
{
    /// <summary>Its id, the <c>client_id</c>.</summary>
    public required ClientId Id { get; init; }

    /// <summary>Its name, as people see it.</summary>
    public required string Name { get; init; }

    /// <summary>How it uses sessions.</summary>
    public required ApplicationKind Kind { get; init; }

    /// <summary>
    /// Its origins, in the form that browsers send. A proxied application is at these; they are also where a public
    /// client may call from, and where sign-in returns to.
    /// </summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The redirect addresses that it may ask for, compared exactly (RFC 9700 §4.1.3).</summary>
    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>Where it may send the browser after a sign-out, compared exactly.</summary>
    public IReadOnlyList<string> PostLogoutRedirectUris { get; init; } = [];

    /// <summary>
    /// The SHA-256 of its secrets, in base64url; at most two, so that they can be rotated. Secrets are random, with 256
    /// bits, so that a fast hash suffices.
    /// </summary>
    public IReadOnlyList<string> SecretHashes { get; init; } = [];

    /// <summary>The scopes that it may ask for.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The audience of its access tokens; null for its own id.</summary>
    public string? Audience { get; init; }

    /// <summary>Whether it takes only sessions that a second factor was used in.</summary>
    public bool RequiresSecondFactor { get; init; }

    /// <summary>How old the last authentication may be when it is handed a session; null for any age.</summary>
    public TimeSpan? MaxAuthenticationAge { get; init; }

    /// <summary>How its identity tokens are signed.</summary>
    public IdentityTokenAlgorithm IdentityTokenAlgorithm { get; init; }

    /// <summary>
    /// Whether it may leave out PKCE. Only for confidential clients that know nothing of it; a nonce is then required.
    /// </summary>
    public bool PkceIsOptional { get; init; }

    /// <summary>What ends when the user signs out at it.</summary>
    public ApplicationSignOut SignOut { get; init; }

    /// <summary>What <c>Remote-User</c> is.</summary>
    public RemoteUserName RemoteUser { get; init; }

    /// <summary>Whether CORS preflights pass to a proxied application without a session.</summary>
    public bool PassesPreflights { get; init; }
}
