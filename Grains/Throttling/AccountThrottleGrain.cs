using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Throttling;

/// <remarks>
/// A try is counted durably before it begins, of strangers several at a time lest each be a write: after a crash all of
/// them count as failed, so that no crash gives a guesser more tries.
/// </remarks>
// Longer than the longest wait, so that what is under way is not forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("account-throttle")]
internal sealed class AccountThrottleGrain(
    [DurableState(GrainStorageNames.Throttles)] DurableState<AccountAttemptsState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, IAccountThrottleGrain
{
    private const int CountedAhead = 3;

    private static readonly AccountAttemptsState s_none = new();

    private AccountAttempts _tries = null!;

    // As a crash would leave it.
    private AccountAttemptsState Stored =>
        stored.RecordExists && clock.GetUtcNow() < stored.State.ExpiresAt ? stored.State : s_none;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        SecretKind secret = ThrottleKey.SecretOf(this.GetPrimaryKeyString());
        _tries = new(options.Value.Attempts, AttemptBudget.Of(secret), Stored);
        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        if (!stored.IsKnown)
            return;

        // Tries that were counted and did not fail.
        AccountAttemptsState exact = _tries.ToStore(clock.GetUtcNow(), ahead: 0);
        if (exact.Strangers.Failures < Stored.Strangers.Failures)
            await Store(exact);
    }

    public async Task<TimeSpan?> Begin(KnownDevice? device)
    {
        TimeSpan? wait = _tries.Begin(device, clock.GetUtcNow());
        if (wait is not null)
            return wait;

        try
        {
            await StoreAhead();
        }
        catch
        {
            _tries.Withdraw(device);
            throw;
        }

        return null;
    }

    public async Task<bool> Finish(KnownDevice? device, TryOutcome outcome)
    {
        switch (outcome)
        {
            case TryOutcome.Succeeded:
                _tries.Succeed(device);
                await StoreAnew();
                break;
            case TryOutcome.Failed:
                _tries.Fail(device, clock.GetUtcNow());
                // It was counted before it began, unless another activation did that.
                await StoreAhead();
                break;
            case TryOutcome.NotLookedAt:
                _tries.Withdraw(device);
                break;
        }

        return _tries.OwnerIsToBeTold;
    }

    public async Task OwnerTold()
    {
        _tries.OwnerTold();
        await StoreAhead();
    }

    public async Task Clear()
    {
        _tries.Clear();
        await StoreAnew();
    }

    public async Task ForgiveOnce()
    {
        if (_tries.ForgiveOnce())
            await StoreAnew();
    }

    private async Task StoreAhead()
    {
        if (!_tries.IsIn(Stored))
            await Store(_tries.ToStore(clock.GetUtcNow(), CountedAhead));
    }

    // Tries that are still under way may yet fail.
    private Task StoreAnew() => Store(_tries.ToStore(clock.GetUtcNow(), ahead: 0));

    private async Task Store(AccountAttemptsState next)
    {
        if (next.HasNothing())
            await stored.Clear();
        else
            await stored.Write(next);
    }
}
