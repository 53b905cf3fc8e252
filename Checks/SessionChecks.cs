using Microsoft.Extensions.Options;
using SessionAuth.Domain;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Checks;

/// <summary>
/// Checks access tokens: from the memory of this process while a lease stands, otherwise by asking the session's grain.
/// </summary>
public sealed class SessionChecks
{
    private readonly IGrainFactory _grains;
    private readonly CopyStore _copies;
    private readonly HeldLeases _leases;
    private readonly CheckMeters _meters;
    private readonly TimeProvider _clock;
    private readonly bool _usesLeases;

    internal SessionChecks(
        IGrainFactory grains,
        CopyStore copies,
        HeldLeases leases,
        CheckMeters meters,
        TimeProvider clock,
        IOptions<CheckSettings> settings
    )
    {
        _grains = grains;
        _copies = copies;
        _leases = leases;
        _meters = meters;
        _clock = clock;
        _usesLeases = settings.Value.Leases == LeaseUse.On;
    }

    /// <summary>
    /// Checks an access token whose signature and lifetime were verified. Counts as use of the session. No check that
    /// starts after a revocation was answered, or after another check was refused because of it, is accepted.
    /// </summary>
    /// <param name="session">The token's session.</param>
    /// <param name="user">The token's user.</param>
    /// <param name="generation">The token's generation.</param>
    public ValueTask<SessionStanding> Check(SessionId session, UserId user, long generation)
    {
        if (!_usesLeases)
            return _grains.Session(session).Check(user, generation);

        if (
            _copies.TryGet(session, out Copy? copy)
            && copy.Answer(user, generation, _clock.Read()) is { } standing
        )
        {
            _meters.Hit();
            return new(standing);
        }

        _meters.Miss();
        return new(Ask(session, user, generation));
    }

    // Each check that finds no copy asks by itself: the answer to a question that began before it may be outdated.
    private async Task<SessionStanding> Ask(SessionId session, UserId user, long generation)
    {
        ClockReading asked = _clock.Read();
        LeasedCheck check = await _grains.Session(session).CheckFor(user, generation, _leases.Id);
        _leases.Take(session, check, asked);
        return check.Standing;
    }
}
