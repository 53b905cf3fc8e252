using SessionAuth.Domain.Applications;

namespace SessionAuth.Registry.Files;

/// <summary>The words that members of the file can be, and what they mean.</summary>
internal static class AppsFileWords
{
    public static IReadOnlyDictionary<string, ApplicationKind> Kinds { get; } =
        new Dictionary<string, ApplicationKind>
        {
            ["proxied"] = ApplicationKind.Proxied,
            ["confidential"] = ApplicationKind.Confidential,
            ["public"] = ApplicationKind.Public,
        };

    public static IReadOnlyDictionary<string, IdentityTokenAlgorithm> Algorithms { get; } =
        new Dictionary<string, IdentityTokenAlgorithm>
        {
            ["ES256"] = IdentityTokenAlgorithm.ES256,
            ["RS256"] = IdentityTokenAlgorithm.RS256,
        };

    /// <summary>Whether PKCE is optional.</summary>
    public static IReadOnlyDictionary<string, bool> Pkce { get; } =
        new Dictionary<string, bool> { ["required"] = false, ["optional"] = true };

    public static IReadOnlyDictionary<string, ApplicationSignOut> SignOuts { get; } =
        new Dictionary<string, ApplicationSignOut>
        {
            ["session"] = ApplicationSignOut.Session,
            ["application"] = ApplicationSignOut.Application,
        };

    public static IReadOnlyDictionary<string, RemoteUserName> RemoteUsers { get; } =
        new Dictionary<string, RemoteUserName>
        {
            ["id"] = RemoteUserName.Id,
            ["email"] = RemoteUserName.Email,
        };
}
