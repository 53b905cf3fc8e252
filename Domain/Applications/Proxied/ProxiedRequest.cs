namespace SessionAuth.Domain.Applications.Proxied;

/// <summary>A request to a proxied application, as its proxy passes it on.</summary>
/// <param name="Method">The method, in upper case.</param>
/// <param name="Origin">The application's origin, such as <c>https://shop.example.com</c>.</param>
/// <param name="Target">The path and the query; anything else is taken for <c>/</c>.</param>
/// <param name="FetchMode">The <c>Sec-Fetch-Mode</c> header; null without one.</param>
/// <param name="FetchDestination">The <c>Sec-Fetch-Dest</c> header; null without one.</param>
/// <param name="Accept">The <c>Accept</c> header; null without one.</param>
/// <param name="Referrer">The <c>Referer</c> header; null without one.</param>
/// <param name="AsksForCors">Whether it has the headers of a CORS preflight.</param>
public sealed record ProxiedRequest(
    string Method,
    string Origin,
    string Target,
    string? FetchMode = null,
    string? FetchDestination = null,
    string? Accept = null,
    string? Referrer = null,
    bool AsksForCors = false
)
{
    /// <summary>The longest address, in characters, that a sign-in returns to; longer ones return to the start page.</summary>
    public const int LongestReturn = 2_048;

    /// <summary>What the client does with the answer.</summary>
    public ProxiedRequestKind Kind
    {
        get
        {
            if (Method == "OPTIONS" && AsksForCors)
                return ProxiedRequestKind.Preflight;
            // Browsers that send any of them send both (Fetch Metadata Request Headers §2).
            if (FetchMode is null && FetchDestination is null)
                return Accept?.Contains("text/html", StringComparison.OrdinalIgnoreCase) is true
                    ? ProxiedRequestKind.Document
                    : ProxiedRequestKind.Other;
            if (FetchMode != "navigate")
                return ProxiedRequestKind.Other;
            return FetchDestination == "document"
                ? ProxiedRequestKind.Document
                : ProxiedRequestKind.Frame;
        }
    }

    /// <summary>Whether the method may be repeated by following a redirect.</summary>
    public bool IsSafe => Method is "GET" or "HEAD";

    /// <summary>
    /// The path, with query, that a sign-in returns to: the one that was asked for. What cannot be repeated returns to the
    /// page that it was sent from.
    /// </summary>
    public string Return => ReturnPath(IsSafe ? Target : PathOfReferrer());

    /// <summary>A path, with query, as it may be returned to; the start page instead of anything else.</summary>
    /// <param name="path">The path.</param>
    public static string ReturnPath(string? path) =>
        path is ['/', ..]
        // Browsers take both for the beginning of a host.
        && path is not ['/', '/' or '\\', ..]
        && path.Length <= LongestReturn
        && path.All(character => character is > ' ' and < '\x7f' and not '\\')
            ? path
            : "/";

    private string? PathOfReferrer() =>
        Referrer is not null && Referrer.StartsWith(Origin + "/", StringComparison.Ordinal)
            ? Referrer[Origin.Length..]
            : null;
}
