using SessionAuth.Grains.Interfaces.Passkeys;

namespace SessionAuth.Grains.Passkeys;

// Longer than a challenge is good; one that nobody answers is forgotten with the activation.
[CollectionAgeLimit(Minutes = 6)]
[GrainType("challenge")]
internal sealed class ChallengeGrain(TimeProvider clock) : Grain, IChallengeGrain
{
    private static readonly TimeSpan s_good = TimeSpan.FromMinutes(5);

    private Kept? _kept;

    public Task Keep(ChallengePurpose purpose, string state)
    {
        _kept = new(purpose, state, clock.GetUtcNow() + s_good);
        return Task.CompletedTask;
    }

    public Task<string?> Take(ChallengePurpose purpose)
    {
        string? state =
            _kept is { } kept && kept.Purpose == purpose && clock.GetUtcNow() < kept.GoodUntil
                ? kept.State
                : null;
        _kept = null;
        DeactivateOnIdle();
        return Task.FromResult(state);
    }

    private sealed record Kept(ChallengePurpose Purpose, string State, DateTimeOffset GoodUntil);
}
