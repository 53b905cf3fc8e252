using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Grains.Users;

/// <remarks>The list of sessions, and ending them.</remarks>
internal sealed partial class UserGrain
{
    public async Task<SessionList> ListSessions()
    {
        if (await Listed() is not { } listing)
            return new([], [], []);

        // A list without one of them would say that it is not there.
        Require(listing.Failure);
        return new(
            listing.Live,
            [.. listing.Pruned.Ended.Select(Snapshot)],
            Remembered(listing.Pruned, listing.Live)
        );
    }

    public async Task<UserAnswer> EndSession(Asking asking, SessionId session)
    {
        if (User is not { } user || await Describe(asking) is not { } own)
            return new SignedOut();
        if (NotProved(user, own) is { } missing)
            return missing;

        UserState without = user.WithoutDeviceOf(session);
        if (without.Devices.Count < user.Devices.Count)
            await Write(without);
        return await GrainFactory.Session(session).Revoke(SessionEndReason.RevokedByUser, Id)
            ? new Done()
            : new NotThere();
    }

    public async Task<UserAnswer> EndSessions(Asking asking, bool includeCurrent)
    {
        if (AlreadyDone(asking.Operation) is not null)
            return await Ended(asking, includeCurrent);
        if (User is not { } user || await Describe(asking) is not { } session)
            return new SignedOut();
        if (NotProved(user, session) is { } missing)
            return missing;

        UserState next = user.WithDeviceOf(includeCurrent ? null : asking.Session) with
        {
            Stamp = user.Stamp + 1,
            Ending =
            [
                .. user.Ending,
                .. user
                    .Sessions.Where(listed => listed.Id != asking.Session.Value)
                    .Select(listed => new EndingSession(listed.Id, SessionEndReason.RevokedByUser)),
            ],
        };
        await Write(next.WithFinished(asking.Operation, Now));
        return await Ended(asking, includeCurrent);
    }

    private async Task<UserAnswer> Ended(Asking asking, bool includeCurrent)
    {
        // Whoever asks goes last, and can ask again when another could not be ended.
        Require(await Finish());
        if (includeCurrent)
            await GrainFactory.Session(asking.Session).Revoke(SessionEndReason.SignedOut, Id);
        return new Done();
    }

    /// <summary>The list as the sessions say, which is then pruned; null when there is no user.</summary>
    private async Task<SessionListing?> Listed()
    {
        if (User is not { } user)
            return null;

        SessionListing listing = await SessionListing.Of(user, Id, GrainFactory, Now);
        if (listing.Pruned != user)
            await TryPrune(listing.Pruned);
        return listing;
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
            AuthenticatedAt: null,
            Proof: new([])
        );
}
