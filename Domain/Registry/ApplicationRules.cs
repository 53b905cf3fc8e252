using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Registry;

/// <summary>The rules of the entries of applications, and among them.</summary>
public static class ApplicationRules
{
    /// <summary>The most applications.</summary>
    public const int MostApplications = 500;

    /// <summary>What is wrong with the applications; empty when they can be registered together.</summary>
    /// <param name="applications">All applications that there will be.</param>
    /// <param name="hostOf">
    /// The host of an origin that is written as browsers send it, and at which users may sign in; null for any other
    /// text.
    /// </param>
    public static IReadOnlyList<ApplicationProblem> Problems(
        IReadOnlyCollection<Application> applications,
        Func<string, string?> hostOf
    )
    {
        ArgumentNullException.ThrowIfNull(applications);
        ArgumentNullException.ThrowIfNull(hostOf);
        return applications.Count > MostApplications
            ?
            [
                new(
                    null,
                    ApplicationMembers.Applications,
                    $"must not have more than {MostApplications} entries"
                ),
            ]
            :
            [
                .. applications.SelectMany(application => EntryRules.Problems(application, hostOf)),
                .. WithSameId(applications),
                .. AtSameHost(applications, hostOf),
            ];
    }

    private static IEnumerable<ApplicationProblem> WithSameId(
        IEnumerable<Application> applications
    ) =>
        applications
            .GroupBy(application => application.Id)
            .Where(group => group.Count() > 1)
            .Select(group => new ApplicationProblem(
                group.Key,
                ApplicationMembers.Id,
                "must not be that of another entry"
            ));

    // A cookie of one would be sent to the other, whatever the port (RFC 6265 §8.5).
    private static IEnumerable<ApplicationProblem> AtSameHost(
        IEnumerable<Application> applications,
        Func<string, string?> hostOf
    ) =>
        applications
            .Where(application => application.Kind == ApplicationKind.Proxied)
            .SelectMany(application =>
                application
                    .Origins.Select(hostOf)
                    .OfType<string>()
                    .Distinct()
                    .Select(host => (application.Id, host))
            )
            .GroupBy(entry => entry.host, entry => entry.Id)
            .SelectMany(sharing => sharing.Distinct().Skip(1))
            .Distinct()
            .Select(id => new ApplicationProblem(
                id,
                ApplicationMembers.Origins,
                "must not have the host name of another proxied application, whatever the port"
            ));
}
