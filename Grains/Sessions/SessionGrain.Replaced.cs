using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Ending the sessions that this one replaces. A sign-in whose answer is lost must not end what its browser has, so
/// that the new session does it when it is first used, and again after a crash. Replaced sessions are older than those
/// that replace them: the calls go one way, and none can wait for itself.
/// </remarks>
internal sealed partial class SessionGrain
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private Task? _firstUse;
    private bool _hasLeft;

    private async Task<SessionStanding> FirstCheck(KnownSession session, long generation)
    {
        await FirstUse(session);
        // It may have been revoked meanwhile.
        return session.Standing(generation, clock.GetUtcNow());
    }

    // The replaced session may be on a silo that has just died: the new one must not wait for that, and goes on trying.
    private Task FirstUse(KnownSession session)
    {
        if (!session.HasToEndOthers)
            return Task.CompletedTask;

        return _firstUse ??= Task.WhenAny(
            EndReplacedForCertain(session),
            Task.Delay(options.Value.PatienceWithReplaced, clock)
        );
    }

    private async Task EndReplacedForCertain(KnownSession session)
    {
        TimeSpan pause = s_firstPause;
        while (!_hasLeft)
        {
            try
            {
                await EndReplaced(session);
                return;
            }
            catch (Exception e)
            {
                LogReplacedNotEnded(e, _id.Fingerprint);
            }

            await Task.Delay(pause, clock);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task EndReplaced(KnownSession session)
    {
        await Task.WhenAll(
            session.Durable.Replaces.Select(replaced =>
                GrainFactory
                    .Session(SessionId.Parse(replaced))
                    .Revoke(SessionEndReason.SignedInAgain, owner: null)
            )
        );
        session.ReplacedHaveEnded();
    }
}
