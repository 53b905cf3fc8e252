using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Throttling;

[CollectionAgeLimit(Hours = 2)]
[GrainType("unknown-email-throttle")]
internal sealed class UnknownEmailThrottleGrain(
    [DurableState(GrainStorageNames.Throttles)] DurableState<UnknownEmailAttemptsState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, IUnknownEmailThrottleGrain
{
    private static readonly UnknownEmailAttemptsState s_none = new();

    private UnknownEmailAttempts _attempts = null!;

    private UnknownEmailAttemptsState Stored => stored.RecordExists ? stored.State : s_none;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await stored.Read(cancellationToken);
        _attempts = UnknownEmailAttempts.Restored(
            options.Value.Attempts,
            Stored,
            clock.GetUtcNow()
        );
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (stored.IsKnown && _attempts.Correction(Stored, clock.GetUtcNow()) is { } exact)
                await stored.Write(exact);
        }
        finally
        {
            await stored.Leave(cancellationToken);
        }
    }

    public async Task<TimeSpan?> Begin(string email)
    {
        (TimeSpan? wait, UnknownEmailAttempts next) = _attempts.Begin(email, clock.GetUtcNow());
        if (wait is null)
            await Count(email, next);
        return wait;
    }

    public Task Finish(string email, AttemptOutcome outcome)
    {
        UnknownEmailAttempts next = _attempts.Finish(email, outcome, clock.GetUtcNow());
        if (outcome == AttemptOutcome.Failed)
            return Count(email, next);

        _attempts = next;
        return Task.CompletedTask;
    }

    private async Task Count(string email, UnknownEmailAttempts next)
    {
        if (next.ToStore(email, Stored, clock.GetUtcNow()) is { } state)
            await stored.Write(state);
        _attempts = next;
    }
}
