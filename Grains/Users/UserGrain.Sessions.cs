using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The list of sessions, and ending them.</remarks>
internal sealed partial class UserGrain
{
    public async Task<SessionList> ListSessions()
    {
        if (User is not { } user)
            return new([], []);

        SessionListing listing = await SessionListing.Of(user, Id, GrainFactory, Now);
        if (listing.Pruned != user)
            await TryPrune(listing.Pruned);
        return new(listing.Live, [.. listing.Pruned.Ended.Select(Snapshot)]);
    }

    public async Task<UserAnswer> EndSession(Asking asking, SessionId session)
    {
        if (User is not { } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
            return missing;

        return await GrainFactory.Session(session).Revoke(SessionEndReason.RevokedByUser, Id)
            ? new Done()
            : new NotThere();
    }

    public async Task<UserAnswer> EndSessions(Asking asking, bool includeCurrent)
    {
        if (User is not { } user)
            return new NotThere();
        if (await NotProved(user, asking) is { } missing)
            return missing;

        await Write(
            user with
            {
                Stamp = user.Stamp + 1,
                Ending =
                [
                    .. user.Ending,
                    .. user
                        .Sessions.Where(listed => listed.Id != asking.Session.Value)
                        .Select(listed => new EndingSession(
                            listed.Id,
                            SessionEndReason.RevokedByUser
                        )),
                ],
            }
        );
        await Finish();
        if (includeCurrent)
            await GrainFactory.Session(asking.Session).Revoke(SessionEndReason.SignedOut, Id);
        return new Done();
    }

    private async Task TryPrune(UserState pruned)
    {
        try
        {
            await Write(pruned);
        }
        catch (Exception e)
        {
            LogPruneFailed(e, Id.Value);
        }
    }

    private SessionSnapshot Snapshot(EndedSession ended) =>
        new(
            SessionId.Parse(ended.Id),
            Id,
            ended.Device,
            ended.CreatedAt,
            ended.LastSeenAt,
            ended.ExpiresAt,
            ended.EndedAt,
            ended.Reason,
            ProvedAt: null,
            Proof: new([])
        );
}
