using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Throttling;

// Longer than the longest delay, so that attempts in progress are not forgotten with the activation.
[CollectionAgeLimit(Hours = 2)]
[GrainType("account-throttle")]
internal sealed class AccountThrottleGrain(
    [DurableState(GrainStorageNames.Throttles)] DurableState<AccountAttemptsState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, IAccountThrottleGrain
{
    private static readonly AccountAttemptsState s_none = new();

    private AccountAttempts _attempts = null!;

    private DateTimeOffset Now => clock.GetUtcNow();

    // The stored counts as they would be restored after a crash.
    private AccountAttemptsState Stored => stored.RecordExists ? stored.State.At(Now) : s_none;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await stored.Read(cancellationToken);
        SecretKind secret = ThrottleKey.SecretOf(this.GetPrimaryKeyString());
        _attempts = new(options.Value.Attempts, AttemptBudget.Of(secret), Stored);
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (stored.IsKnown && _attempts.Correction(Stored, Now) is { } exact)
                await Write(exact);
        }
        finally
        {
            await stored.Leave(cancellationToken);
        }
    }

    public async Task<TimeSpan?> Begin(KnownDevice? device)
    {
        (TimeSpan? wait, AccountAttempts next) = _attempts.Begin(device, Now);
        if (wait is null)
            await Count(next);
        return wait;
    }

    public async Task<bool> Finish(KnownDevice? device, AttemptOutcome outcome)
    {
        await (
            outcome switch
            {
                AttemptOutcome.Succeeded => StoreExactly(_attempts.Succeed(device)),
                // Usually no write: Begin has counted it in advance, unless another activation began it.
                AttemptOutcome.Failed => Count(_attempts.Fail(device, Now)),
                AttemptOutcome.NotVerified => Keep(_attempts.Withdraw(device)),
            }
        );
        return _attempts.MustNotifyOwner;
    }

    public Task MarkOwnerNotified() => Count(_attempts.WithOwnerNotified());

    public Task Clear() => StoreExactly(_attempts.Clear());

    public Task ForgiveOnce() =>
        _attempts.ForgiveOnce() is { } next ? StoreExactly(next) : Task.CompletedTask;

    private async Task Count(AccountAttempts next)
    {
        if (next.ToStore(Stored, Now) is { } state)
            await Write(state);
        _attempts = next;
    }

    private async Task StoreExactly(AccountAttempts next)
    {
        await Write(next.Exact(Now));
        _attempts = next;
    }

    private Task Keep(AccountAttempts next)
    {
        _attempts = next;
        return Task.CompletedTask;
    }

    private Task Write(AccountAttemptsState state) =>
        state.HasNothing() ? stored.Clear() : stored.Write(state);
}
