using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Registry;

/// <summary>Compares applications by their content: lists are compared by reference otherwise.</summary>
internal static class ApplicationComparison
{
    /// <summary>Whether two entries say the same.</summary>
    public static bool IsSame(this Application application, Application other) =>
        application.WithListsOf(other) == other
        && application.Origins.SequenceEqual(other.Origins)
        && application.RedirectUris.SequenceEqual(other.RedirectUris)
        && application.PostLogoutRedirectUris.SequenceEqual(other.PostLogoutRedirectUris)
        && application.SecretHashes.SequenceEqual(other.SecretHashes)
        && application.Scopes.SequenceEqual(other.Scopes);

    /// <summary>The entry with all lists of another.</summary>
    public static Application WithListsOf(this Application application, Application other) =>
        application with
        {
            Origins = other.Origins,
            RedirectUris = other.RedirectUris,
            PostLogoutRedirectUris = other.PostLogoutRedirectUris,
            SecretHashes = other.SecretHashes,
            Scopes = other.Scopes,
        };
}
