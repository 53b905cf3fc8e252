using SessionAuth.Domain.Applications;

namespace SessionAuth.Domain.Sessions.Grants;

/// <summary>The applications that a session was handed to. Immutable and bounded.</summary>
/// <param name="Open">The grants that have not ended, in the order of their opening.</param>
/// <param name="Ended">Those that ended a moment ago.</param>
public sealed record SessionGrants(
    IReadOnlyList<ApplicationGrant> Open,
    IReadOnlyList<EndedGrant> Ended
)
{
    /// <summary>The most grants of a session that are open. With one more, the oldest ends.</summary>
    public const int MostOpen = 50;

    /// <summary>The most of them for one application. With one more, its own oldest ends.</summary>
    public const int MostOfApplication = 5;

    /// <summary>
    /// While so many ended grants are remembered, no other is opened. With those that are open, this bounds what is
    /// remembered.
    /// </summary>
    public const int MostEnded = 50;

    /// <summary>How long an authorization code is valid.</summary>
    public static readonly TimeSpan LongestCode = TimeSpan.FromSeconds(60);

    /// <summary>No grants.</summary>
    public static SessionGrants None { get; } = new([], []);

    /// <summary>An open grant; null when there is none with this id for this application.</summary>
    public ApplicationGrant? Find(GrantId id, ClientId application)
    {
        string text = id.Value;
        for (int i = 0; i < Open.Count; i++)
        {
            if (Open[i].Id == text && Open[i].Application == application.Value)
                return Open[i];
        }

        return null;
    }

    /// <summary>Whether a grant with this id was opened before, as far as that matters.</summary>
    internal bool Knows(GrantId id) =>
        Open.Any(grant => grant.Id == id.Value) || Ended.Any(grant => grant.Id == id.Value);

    /// <summary>Whether another grant may be opened.</summary>
    internal bool HasRoom(DateTimeOffset now) =>
        Ended.Count(grant => now < grant.Until) < MostEnded;

    /// <summary>Adds a grant. Those that it leaves no room for end.</summary>
    /// <param name="grant">The grant.</param>
    /// <param name="replaced">A grant of the same application that ends with it; null for none.</param>
    /// <param name="now">The current time.</param>
    internal SessionGrants With(ApplicationGrant grant, GrantId? replaced, DateTimeOffset now)
    {
        HashSet<string> ending = [];
        if (replaced is { } id && Find(id, ClientId.Parse(grant.Application)) is not null)
            ending.Add(id.Value);
        ApplicationGrant[] staying = [.. Open.Where(open => !ending.Contains(open.Id))];
        ending.UnionWith(
            Oldest(staying.Where(open => open.Application == grant.Application), MostOfApplication)
        );
        ending.UnionWith(Oldest(staying.Where(open => !ending.Contains(open.Id)), MostOpen));

        SessionGrants next = Without(open => ending.Contains(open.Id), now);
        return next with { Open = [.. next.Open, grant] };
    }

    /// <summary>Replaces a grant by its next state.</summary>
    internal SessionGrants With(ApplicationGrant next) =>
        this with
        {
            Open = [.. Open.Select(open => open.Id == next.Id ? next : open)],
        };

    /// <summary>Ends grants.</summary>
    /// <param name="which">Which.</param>
    /// <param name="now">The current time.</param>
    internal SessionGrants Without(Func<ApplicationGrant, bool> which, DateTimeOffset now)
    {
        // A code that expires later was not issued before the grant was opened by it.
        IEnumerable<EndedGrant> ended = Open.Where(which)
            .Select(grant => new EndedGrant(grant.Id, grant.OpenedAt + LongestCode));
        return new(
            [.. Open.Where(grant => !which(grant))],
            [.. Ended.Concat(ended).Where(grant => now < grant.Until)]
        );
    }

    // Those beyond the limit once one more is there.
    private static IEnumerable<string> Oldest(IEnumerable<ApplicationGrant> grants, int most)
    {
        ApplicationGrant[] all = [.. grants];
        return all.Take(Math.Max(0, all.Length + 1 - most)).Select(grant => grant.Id);
    }
}
