using SessionAuth.Domain;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Ends the sessions that this one replaces. A sign-in whose answer is lost must not end the sessions that its browser
/// still uses, so the new session ends them when it is first used, and again after a crash. Deadlock is impossible:
/// calls only go from newer to older sessions.
/// </remarks>
internal sealed partial class SessionGrain
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    private Task? _firstUse;
    private bool _hasLeft;

    private async Task<SessionStanding> FirstCheck(UserId user, long generation)
    {
        await FirstUse();
        // It may have been revoked meanwhile.
        return _session?.Standing(user, generation, Now) ?? SessionStanding.Unknown;
    }

    // The replaced session may be on a silo that has just died: the check waits only briefly, and retries go on.
    private Task FirstUse() =>
        _firstUse ??= Task.WhenAny(
            EndReplacedUntilDone(),
            Task.Delay(services.Options.PatienceWithReplaced, services.Clock)
        );

    private async Task EndReplacedUntilDone()
    {
        TimeSpan pause = s_firstPause;
        while (!_hasLeft)
        {
            try
            {
                await EndReplaced();
                return;
            }
            catch (Exception e)
            {
                LogReplacedNotEnded(services.Logger, e, Id.Fingerprint);
            }

            await Task.Delay(pause, services.Clock);
            pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause;
        }
    }

    private async Task EndReplaced()
    {
        if (_session is not { } session)
            return;

        await Task.WhenAll(
            session.Saved.Replaces.Select(replaced =>
                GrainFactory
                    .Session(SessionId.Parse(replaced))
                    .Revoke(SessionEndReason.SignedInAgain, owner: null)
            )
        );
        _session = _session?.WithReplacedEnded();
    }
}
