using Microsoft.Extensions.Options;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Throttling;

/// <remarks>
/// A try is counted durably before it begins, several at a time lest each be a write: after a crash all of them count
/// as failed, so that no crash gives a guesser more tries (NIST SP 800-63B-4 §3.2.2). Networks are counted in memory.
/// </remarks>
// Longer than the longest wait, so that what is under way is not forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("sign-in-throttle")]
internal sealed class SignInThrottleGrain(
    [PersistentState(GrainStorageNames.Throttles, GrainStorageNames.Provider)]
        IPersistentState<ThrottleState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, ISignInThrottleGrain
{
    private const int CountedAtOnce = 4;

    private static readonly TimeSpan s_rememberedFor = TimeSpan.FromDays(30);

    private BackOff _backOff = null!;
    private BudgetKind _kind;

    private int Counted => stored.RecordExists ? stored.State.Failures : 0;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _kind = ThrottleKey.KindOf(this.GetPrimaryKeyString());
        _backOff = new(options.Value, _kind);
        if (stored.RecordExists && clock.GetUtcNow() < stored.State.ExpiresAt)
            _backOff.Restore(stored.State.Failures, stored.State.LastAt);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        // Tries that were counted and did not fail.
        if (_backOff.Failures < Counted)
            await Count(_backOff.Failures);
    }

    public async Task<TimeSpan?> Begin()
    {
        TimeSpan? wait = _backOff.Begin(clock.GetUtcNow());
        if (wait is not null || _kind == BudgetKind.Network || _backOff.Tries <= Counted)
            return wait;

        try
        {
            await Count(_backOff.Tries + CountedAtOnce - 1);
        }
        catch
        {
            _backOff.Withdraw();
            throw;
        }

        return null;
    }

    public Task Finish(TryOutcome outcome)
    {
        switch (outcome)
        {
            case TryOutcome.Succeeded:
                _backOff.Succeed();
                return Forget();
            case TryOutcome.Failed:
                _backOff.Fail(clock.GetUtcNow());
                break;
            default:
                _backOff.Withdraw();
                break;
        }

        return Task.CompletedTask;
    }

    public Task Clear()
    {
        _backOff.Clear();
        return Forget();
    }

    private async Task Count(int failures)
    {
        if (failures == 0)
        {
            await Forget();
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        await stored.Write(
            new ThrottleState
            {
                Failures = failures,
                LastAt = now,
                ExpiresAt = now + s_rememberedFor,
            },
            this
        );
    }

    private Task Forget() =>
        stored.RecordExists ? stored.ClearStateAsync(CancellationToken.None) : Task.CompletedTask;
}
