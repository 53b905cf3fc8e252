using Microsoft.Extensions.Options;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Domain.Sessions.Grants;
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
    /// <param name="token">The token.</param>
    public ValueTask<SessionStanding> Check(CheckedToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (!_usesLeases)
            return _grains.Session(token.Session).Check(token.User, token.Generation);

        if ((token.Copy?.Answer(_clock) ?? AnswerOfOtherCopy(token)) is { } standing)
        {
            _meters.Hit();
            return new(standing);
        }

        _meters.Miss();
        return new(Ask(token));
    }

    /// <summary>
    /// Checks a value that an application was issued, and whose signature was verified. Counts as use of the session, and
    /// keeps the promise of <see cref="Check"/>.
    /// </summary>
    /// <param name="value">What the value names.</param>
    /// <returns>What the application learns; null when the grant or the session has ended.</returns>
    public ValueTask<GrantStanding?> CheckGrant(CheckedGrant value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!_usesLeases)
            return _grains.Session(value.Session).CheckGrant(value.Grant, value.Application);

        if ((value.Answer(_clock) ?? AnswerOfOtherCopy(value)) is { } standing)
        {
            _meters.Hit();
            return new(standing);
        }

        _meters.Miss();
        return new(Ask(value));
    }

    private GrantStanding? AnswerOfOtherCopy(CheckedGrant value)
    {
        _copies.TryGet(value.Session, out Copy? copy);
        value.Remember(copy);
        return value.Answer(_clock);
    }

    private async Task<GrantStanding?> Ask(CheckedGrant value)
    {
        ClockReading asked = _clock.Read();
        LeasedGrantCheck check = await _grains
            .Session(value.Session)
            .CheckGrantFor(value.Grant, value.Application, _leases.Id);
        value.Remember(_leases.Take(value.Session, check.Session, asked));
        return check.Grant;
    }

    // The session may have a copy by another token.
    private SessionStanding? AnswerOfOtherCopy(CheckedToken token)
    {
        _copies.TryGet(token.Session, out Copy? copy);
        return token.Remember(copy)?.Answer(_clock);
    }

    // Each check that finds no copy asks by itself: the answer to a question that began before it may be outdated.
    private async Task<SessionStanding> Ask(CheckedToken token)
    {
        ClockReading asked = _clock.Read();
        LeasedCheck check = await _grains
            .Session(token.Session)
            .CheckFor(token.User, token.Generation, _leases.Id);
        token.Remember(_leases.Take(token.Session, check, asked));
        return check.Standing;
    }
}
