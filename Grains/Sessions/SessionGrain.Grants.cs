using SessionAuth.Domain;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Grains.Sessions;

/// <remarks>The applications that the session was handed to.</remarks>
internal sealed partial class SessionGrain
{
    public async Task<OpenGrantResult> OpenGrant(GrantOpening opening) =>
        await WhenSettled() is { } session
            ? await Commit(session.OpenGrant(opening, Now))
            : new OpenGrantResult.NotLive();

    public async Task<RefreshGrantResult> RefreshGrant(
        GrantId grant,
        ClientId application,
        long generation
    )
    {
        if (await WhenSettled() is not { } session)
            return new RefreshGrantResult.NotLive();

        SessionDecision<RefreshGrantResult> decision = session.RefreshGrant(
            grant,
            application,
            generation,
            Now
        );
        RefreshGrantResult result = await Commit(decision);
        if (result is RefreshGrantResult.Replayed replayed)
            LogGrantReuse(
                services.Security,
                Id.Fingerprint,
                session.Saved.UserId,
                application.Value,
                replayed.Presented,
                replayed.Newest
            );
        return result;
    }

    public ValueTask<GrantStanding?> CheckGrant(GrantId grant, ClientId application)
    {
        if (Current is not { } session)
        {
            DeactivateIfNotFound();
            return new((GrantStanding?)null);
        }

        DateTimeOffset now = Now;
        (GrantStanding? standing, Session next) = session.CheckGrant(grant, application, now);
        _session = next;
        if (standing is null)
            return new(standing);

        SaveActivityIfDue(next, now);
        return next.MustEndReplaced ? new(FirstGrantCheck(grant, application)) : new(standing);
    }

    public async ValueTask<LeasedGrantCheck> CheckGrantFor(
        GrantId grant,
        ClientId application,
        HolderId holder
    )
    {
        GrantStanding? standing = await CheckGrant(grant, application);
        return standing is null
            ? new(null, new(SessionStanding.Unknown))
            : new(standing, Lease(SessionStanding.Live, holder));
    }

    public async Task<bool> EndGrant(GrantId grant, ClientId application) =>
        await WhenSettled() is { } session
        && await Commit(session.EndGrant(grant, application, Now));

    public async Task<bool> EndGrantsOf(UserId owner, ClientId application) =>
        await WhenSettled() is { } session
        && await Commit(session.EndGrantsOf(owner, application, Now));

    private async Task<GrantStanding?> FirstGrantCheck(GrantId grant, ClientId application)
    {
        await FirstUse();
        // It may have been revoked meanwhile.
        return _session?.CheckGrant(grant, application, Now).Standing;
    }
}
