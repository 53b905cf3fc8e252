using System.Buffers.Text;
using System.Security.Cryptography;
using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Registry;

/// <summary>The rules of one entry.</summary>
internal static class EntryRules
{
    private const int LongestName = 100;
    private const int MostValues = 20;
    private const int LongestValue = 512;
    private const int MostSecrets = 2;

    private static readonly string[] s_scopes =
    [
        "openid",
        "profile",
        "email",
        "offline_access",
        "session",
    ];

    public static IEnumerable<ApplicationProblem> Problems(
        Application application,
        Func<string, string?> hostOf
    ) =>
        Name(application)
            .Concat(Lists(application))
            .Concat(OfKind(application))
            .Concat(Values(application, hostOf))
            .Select(problem => new ApplicationProblem(
                application.Id,
                problem.Member,
                problem.Rule
            ));

    private static IEnumerable<(string Member, string Rule)> Name(Application application)
    {
        if (
            string.IsNullOrWhiteSpace(application.Name)
            || application.Name.Length > LongestName
            || application.Name.Any(char.IsControl)
        )
            yield return (
                ApplicationMembers.Name,
                $"must have 1 to {LongestName} characters, none of them a control character"
            );
    }

    private static IEnumerable<(string Member, string Rule)> Lists(Application application)
    {
        (string Member, IReadOnlyList<string> Values)[] lists =
        [
            (ApplicationMembers.Origins, application.Origins),
            (ApplicationMembers.RedirectUris, application.RedirectUris),
            (ApplicationMembers.PostLogoutRedirectUris, application.PostLogoutRedirectUris),
            (ApplicationMembers.SecretHashes, application.SecretHashes),
            (ApplicationMembers.Scopes, application.Scopes),
        ];
        foreach ((string member, IReadOnlyList<string> values) in lists)
        {
            if (values.Count > MostValues)
                yield return (member, $"must not have more than {MostValues} values");
            if (values.Any(value => value.Length > LongestValue))
                yield return (
                    member,
                    $"must not have values of more than {LongestValue} characters"
                );
            if (values.Distinct().Count() < values.Count)
                yield return (member, "must not have a value twice");
        }
    }

    private static IEnumerable<(string Member, string Rule)> OfKind(Application application)
    {
        bool isConfidential = application.Kind == ApplicationKind.Confidential;
        bool isProxied = application.Kind == ApplicationKind.Proxied;
        if (isProxied && application.Origins.Count == 0)
            yield return (ApplicationMembers.Origins, "must be there for a proxied application");
        // A node is its client, at an address of its own.
        if (isProxied && application.RedirectUris.Count > 0)
            yield return (
                ApplicationMembers.RedirectUris,
                "must be empty for a proxied application"
            );
        if (isProxied && application.PostLogoutRedirectUris.Count > 0)
            yield return (
                ApplicationMembers.PostLogoutRedirectUris,
                "must be empty for a proxied application"
            );
        if (isConfidential && application.SecretHashes.Count is 0 or > MostSecrets)
            yield return (
                ApplicationMembers.SecretHashes,
                $"must have 1 to {MostSecrets} values for a confidential application"
            );
        if (!isConfidential && application.SecretHashes.Count > 0)
            yield return (
                ApplicationMembers.SecretHashes,
                "must be empty but for a confidential application"
            );
        if (!isConfidential && application.PkceIsOptional)
            yield return (
                ApplicationMembers.Pkce,
                "must be required but for a confidential application"
            );
        if (!isConfidential && application.IdentityTokenAlgorithm != IdentityTokenAlgorithm.ES256)
            yield return (
                ApplicationMembers.IdentityTokenAlgorithm,
                "must be ES256 but for a confidential application"
            );
    }

    private static IEnumerable<(string Member, string Rule)> Values(
        Application application,
        Func<string, string?> hostOf
    )
    {
        bool isPublic = application.Kind == ApplicationKind.Public;
        if (!application.Origins.All(origin => hostOf(origin) is not null))
            yield return (
                ApplicationMembers.Origins,
                "must be origins as browsers send them: https, or http with localhost, without a slash at the end"
            );
        if (!application.RedirectUris.All(address => RedirectAddress.IsValid(address, isPublic)))
            yield return (ApplicationMembers.RedirectUris, RedirectAddress.Rule);
        if (
            !application.PostLogoutRedirectUris.All(address =>
                RedirectAddress.IsValid(address, isPublic)
            )
        )
            yield return (ApplicationMembers.PostLogoutRedirectUris, RedirectAddress.Rule);
        if (!application.SecretHashes.All(IsHash))
            yield return (
                ApplicationMembers.SecretHashes,
                "must be SHA-256 hashes in base64url without padding: sessionauth apps secret makes one"
            );
        if (!application.Scopes.All(s_scopes.Contains))
            yield return (
                ApplicationMembers.Scopes,
                $"must be among {string.Join(", ", s_scopes)}"
            );
        if (application.Audience is { } audience && !IsAudience(audience))
            yield return (
                ApplicationMembers.Audience,
                $"must have 1 to {LongestValue} characters of ASCII without spaces"
            );
        if (application.MaxAuthenticationAge <= TimeSpan.Zero)
            yield return (ApplicationMembers.MaxAuthenticationAge, "must be longer than zero");
    }

    private static bool IsHash(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        return text.Length == Base64Url.GetEncodedLength(hash.Length)
            && Base64Url.IsValid(text)
            && Base64Url.TryDecodeFromChars(text, hash, out int written)
            && written == hash.Length
            // Only one text is the hash, though the last character has bits to spare.
            && Base64Url.EncodeToString(hash) == text;
    }

    private static bool IsAudience(string text) =>
        text.Length is > 0 and <= LongestValue
        && text.All(character => character is > ' ' and <= '~');
}
