using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests.Integrations;

/// <summary>An entry in the file of applications.</summary>
public sealed record RegisteredApplication(string Id, string Kind)
{
    public string Name => $"The {Id}";

    public IReadOnlyList<string>? Origins { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    public IReadOnlyList<string>? PostLogoutRedirectUris { get; init; }

    public IReadOnlyList<string>? SecretHashes { get; init; }

    public IReadOnlyList<string>? Scopes { get; init; }

    public string? IdTokenAlg { get; init; }

    public string? Pkce { get; init; }

    /// <summary>A confidential application.</summary>
    public static RegisteredApplication Confidential(
        string id,
        string secret,
        string redirectUri,
        string signedOutUri
    ) =>
        new(id, "confidential")
        {
            RedirectUris = [redirectUri],
            PostLogoutRedirectUris = [signedOutUri],
            SecretHashes = [TestApplication.HashOf(secret)],
            Scopes = ["openid", "profile", "email", "offline_access"],
        };
}
