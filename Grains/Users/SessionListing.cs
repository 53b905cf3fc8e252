using System.Net;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Sessions;

namespace SessionAuth.Grains.Users;

/// <summary>A user's list of sessions, asked of each of them: which are live, and what the list becomes.</summary>
/// <param name="Live">Those that are live, in the order of the list.</param>
/// <param name="Pruned">The user without those that have ended or never came to be.</param>
/// <param name="Failure">Why one of them could not be asked: it stays in the list, whatever it is; null when all were.</param>
internal sealed record SessionListing(
    IReadOnlyList<SessionSnapshot> Live,
    UserState Pruned,
    Exception? Failure
)
{
    private const int EndedKept = 10;

    // A start that has been sent is answered or given up within Orleans' response timeout of 30 seconds.
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(1);

    public static async Task<SessionListing> Of(
        UserState user,
        UserId owner,
        IGrainFactory grains,
        DateTimeOffset now
    )
    {
        (SessionSnapshot? Session, Exception? Failure)[] found = await Task.WhenAll(
            user.Sessions.Select(listed => Ask(grains.Session(SessionId.Parse(listed.Id))))
        );
        Exception? failure = found
            .Select(asked => asked.Failure)
            .FirstOrDefault(f => f is not null);

        List<SessionSnapshot> live = [];
        List<ListedSession> kept = [];
        List<EndedSession> ended = [];
        IReadOnlyList<AccountEvent> activity = user.Activity;
        foreach ((ListedSession listed, var (session, failed)) in user.Sessions.Zip(found))
        {
            if (failed is not null)
            {
                kept.Add(listed);
            }
            else if (session is null || session.User != owner)
            {
                if (now - listed.ListedAt < LongestStart)
                    kept.Add(listed);
            }
            else if (session is { EndedAt: { } endedAt, EndReason: { } reason })
            {
                if (reason == SessionEndReason.Expired && !await IsWrittenDown(session, grains))
                {
                    kept.Add(listed);
                    continue;
                }

                ended.Add(Ended(session, endedAt, reason));
                activity = activity.With(
                    new(
                        endedAt,
                        AccountEventKind.SessionEnded,
                        Device: session.Device,
                        Reason: reason
                    )
                );
            }
            else
            {
                live.Add(session);
                // Of one that has forgotten it there is none.
                kept.Add(listed with { Ip = session.Device.Ip is { Length: > 0 } ip ? ip : null });
                if (IsElsewhere(listed.Ip, session.Device.Ip))
                {
                    activity = activity.With(
                        new(
                            session.LastSeenAt,
                            AccountEventKind.RefreshedElsewhere,
                            Device: session.Device,
                            Detail: listed.Ip
                        )
                    );
                }
            }
        }

        if (kept.SequenceEqual(user.Sessions))
            return new(live, user, failure);

        return new(
            live,
            user with
            {
                Sessions = kept,
                LeavingTraces = [.. user.LeavingTraces, .. ended.Select(session => session.Id)],
                Activity = activity,
                Ended =
                [
                    .. ended
                        .Concat(user.Ended)
                        .OrderByDescending(session => session.EndedAt)
                        .Take(EndedKept),
                ],
            },
            failure
        );
    }

    // What expired by this node's clock is listed until that is durable: by another clock it may be live, and what is not
    // listed could never be ended.
    private static async Task<bool> IsWrittenDown(SessionSnapshot session, IGrainFactory grains)
    {
        try
        {
            return await grains.Session(session.Id).Revoke(SessionEndReason.Expired, session.User);
        }
        catch (Exception)
        {
            // It is asked again when the list is.
            return false;
        }
    }

    private static async Task<(SessionSnapshot? Session, Exception? Failure)> Ask(
        ISessionGrain session
    )
    {
        try
        {
            return (await session.Describe(), null);
        }
        catch (Exception e)
        {
            return (null, e);
        }
    }

    // A client's address changes all the time; its network does when it has moved.
    private static bool IsElsewhere(string? before, string now) =>
        IPAddress.TryParse(before, out IPAddress? from)
        && IPAddress.TryParse(now, out IPAddress? to)
        && ClientNetwork.Of(from).Narrowest != ClientNetwork.Of(to).Narrowest;

    private static EndedSession Ended(
        SessionSnapshot session,
        DateTimeOffset endedAt,
        SessionEndReason reason
    ) =>
        new(
            session.Id.Value,
            session.Device,
            session.CreatedAt,
            session.LastSeenAt,
            session.ExpiresAt,
            endedAt,
            reason
        );
}
