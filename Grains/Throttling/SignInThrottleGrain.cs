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
    [DurableState(GrainStorageNames.Throttles)] DurableState<ThrottleState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, ISignInThrottleGrain
{
    private const int CountedAtOnce = 4;

    private BackOff _backOff = null!;
    private BudgetKind _kind;

    // As many as a crash would leave.
    private int Counted =>
        stored.RecordExists && clock.GetUtcNow() < stored.State.ExpiresAt
            ? stored.State.Failures
            : 0;

    private bool IsDurable => _kind != BudgetKind.Network;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _kind = ThrottleKey.KindOf(this.GetPrimaryKeyString());
        _backOff = new(options.Value, _kind);
        if (Counted > 0)
            _backOff.Restore(stored.State.Failures, stored.State.LastAt);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        // Tries that were counted and did not fail.
        if (stored.IsKnown && _backOff.Tries < Counted)
            await Count(_backOff.Tries);
    }

    public async Task<TimeSpan?> Begin()
    {
        TimeSpan? wait = _backOff.Begin(clock.GetUtcNow());
        if (wait is not null)
            return wait;

        try
        {
            await CountAhead();
        }
        catch
        {
            _backOff.Withdraw();
            throw;
        }

        return null;
    }

    public async Task Finish(TryOutcome outcome)
    {
        switch (outcome)
        {
            case TryOutcome.Succeeded:
                _backOff.Succeed();
                await CountAnew();
                break;
            case TryOutcome.Failed:
                _backOff.Fail(clock.GetUtcNow());
                // It was counted before it began, unless another activation did that.
                await CountAhead();
                break;
            default:
                _backOff.Withdraw();
                break;
        }
    }

    public async Task CountFailure()
    {
        _backOff.CountFailure(clock.GetUtcNow());
        await CountAhead();
    }

    public async Task Clear()
    {
        _backOff.Clear();
        await CountAnew();
    }

    private async Task CountAhead()
    {
        if (IsDurable && _backOff.Tries > Counted)
            await Count(_backOff.Tries + CountedAtOnce - 1);
    }

    // Tries that are still under way may yet fail.
    private async Task CountAnew()
    {
        if (IsDurable)
            await Count(_backOff.Tries);
    }

    private async Task Count(int failures)
    {
        if (failures == 0)
        {
            await stored.Clear();
            return;
        }

        DateTimeOffset now = clock.GetUtcNow();
        await stored.Write(
            new ThrottleState
            {
                Failures = failures,
                LastAt = now,
                ExpiresAt = now + BackOff.RememberedFor,
            }
        );
    }
}
