using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;

namespace SessionAuth.Domain.Registry;

/// <summary>What a change of the registry takes away. Immutable.</summary>
/// <param name="RemovedApplications">The applications that are there no more.</param>
/// <param name="RemovedKeys">The keys that are there no more.</param>
/// <param name="TakesAway">
/// Whether a copy from before would accept what is refused now: not only for what was removed, but for any entry that is
/// not merely extended.
/// </param>
public sealed record RegistryChange(
    IReadOnlyList<ClientId> RemovedApplications,
    IReadOnlyList<KeyId> RemovedKeys,
    bool TakesAway
)
{
    /// <summary>The change from one content to another.</summary>
    public static RegistryChange Between(RegistryContent before, RegistryContent after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ClientId[] applications =
        [
            .. before
                .Applications.All.Select(application => application.Id)
                .Where(id => after.Applications.Find(id) is null),
        ];
        KeyId[] keys =
        [
            .. before.Keys.Keys.Select(key => key.Id).Where(id => after.Keys.Find(id) is null),
        ];
        bool narrows = before.Applications.All.Any(application =>
            after.Applications.Find(application.Id) is { } next && !Extends(next, application)
        );
        return new(applications, keys, narrows || applications.Length > 0 || keys.Length > 0);
    }

    private static bool Extends(Application next, Application before) =>
        next.WithListsOf(before) with { Name = before.Name } == before
        && HasAll(next.Origins, before.Origins)
        && HasAll(next.RedirectUris, before.RedirectUris)
        && HasAll(next.PostLogoutRedirectUris, before.PostLogoutRedirectUris)
        && HasAll(next.SecretHashes, before.SecretHashes)
        && HasAll(next.Scopes, before.Scopes);

    private static bool HasAll(IReadOnlyList<string> next, IReadOnlyList<string> before) =>
        before.All(next.Contains);
}
