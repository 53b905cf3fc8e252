using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using SessionAuth.Domain.Applications;

namespace SessionAuth.OpenId.Tests.Running;

/// <summary>An application, with its secret in plain text.</summary>
public sealed record TestApplication(string Id, ApplicationKind Kind, string RedirectUri)
{
    public string? Secret { get; init; }

    public IReadOnlyList<string> OtherSecrets { get; init; } = [];

    public IReadOnlyList<string> Origins { get; init; } = [];

    public IReadOnlyList<string> Scopes { get; init; } =
    ["openid", "profile", "email", "offline_access", "session"];

    public bool RequiresSecondFactor { get; init; }

    public TimeSpan? MaxAuthenticationAge { get; init; }

    public bool PkceIsOptional { get; init; }

    public IdentityTokenAlgorithm Algorithm { get; init; }

    public ApplicationSignOut SignOut { get; init; }

    public string SignedOutUri => $"https://{Id}.example.com/bye";

    public static TestApplication Confidential(string id) =>
        new(id, ApplicationKind.Confidential, $"https://{id}.example.com/callback")
        {
            Secret = NewSecret(),
        };

    public static TestApplication Public(string id, string redirectUri) =>
        new(id, ApplicationKind.Public, redirectUri);

    public static string NewSecret() =>
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public Application Entry() =>
        new()
        {
            Id = ClientId.Parse(Id),
            Name = Id,
            Kind = Kind,
            Origins = Origins,
            RedirectUris = [RedirectUri],
            PostLogoutRedirectUris = [SignedOutUri],
            SecretHashes = [.. OtherSecrets.Append(Secret).OfType<string>().Select(HashOf)],
            Scopes = Scopes,
            RequiresSecondFactor = RequiresSecondFactor,
            MaxAuthenticationAge = MaxAuthenticationAge,
            PkceIsOptional = PkceIsOptional,
            IdentityTokenAlgorithm = Algorithm,
            SignOut = SignOut,
        };

    public static string HashOf(string secret) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
