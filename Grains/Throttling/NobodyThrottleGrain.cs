using Microsoft.Extensions.Options;
using SessionAuth.Domain.SignIn;
using SessionAuth.Grains.Interfaces.Throttling;
using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Throttling;

/// <remarks>
/// Where too many addresses are tried, those with the fewest failures are forgotten first: to make one that has to wait
/// look as if it had not been tried, many times more others have to be tried as often, in a share that nobody can choose.
/// </remarks>
[CollectionAgeLimit(Hours = 2)]
[GrainType("nobody-throttle")]
internal sealed class NobodyThrottleGrain(
    [DurableState(GrainStorageNames.Throttles)] DurableState<NobodyAttemptsState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, INobodyThrottleGrain
{
    private const int CountedAhead = 3;
    private const int MostAddresses = 32;

    private readonly AttemptBackoffs _tries = new(MostAddresses);
    private readonly AttemptBackoffRules _rules = options.Value.Attempts.InARow(
        AttemptBudget.Of(SecretKind.Password).Strangers
    );

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.RecordExists)
        {
            DateTimeOffset now = clock.GetUtcNow();
            foreach (NobodyAttempts address in stored.State.Addresses)
                Of(address.Of, now).Restore(address.Failures, address.LastAt);
        }

        return Task.CompletedTask;
    }

    public override async Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    )
    {
        // Tries that were counted and did not fail.
        if (
            stored.IsKnown
            && stored.RecordExists
            && _tries.Counted.Any(known => known.Value.Tries < Counted(known.Key))
        )
            await Store(ahead: 0);
    }

    public async Task<TimeSpan?> Begin(string address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        AttemptBackoff tries = Of(address, now);
        TimeSpan? wait = tries.Begin(now);
        if (wait is not null)
            return wait;

        try
        {
            await StoreAhead(address, tries);
        }
        catch
        {
            tries.Withdraw();
            throw;
        }

        return null;
    }

    public async Task Finish(string address, TryOutcome outcome)
    {
        // It may have been forgotten meanwhile.
        DateTimeOffset now = clock.GetUtcNow();
        AttemptBackoff tries = Of(address, now);
        switch (outcome)
        {
            // Whoever registered with the address, and signed in, while the try was under way.
            case TryOutcome.Succeeded:
            case TryOutcome.NotLookedAt:
                tries.Withdraw();
                break;
            case TryOutcome.Failed:
                tries.Fail(now);
                await StoreAhead(address, tries);
                break;
        }
    }

    private AttemptBackoff Of(string address, DateTimeOffset now) =>
        _tries.Of(address, _rules, now);

    private int Counted(string address) =>
        stored.RecordExists
            ? stored.State.Addresses.FirstOrDefault(known => known.Of == address)?.Failures ?? 0
            : 0;

    private async Task StoreAhead(string address, AttemptBackoff tries)
    {
        if (tries.Tries > Counted(address))
            await Store(CountedAhead);
    }

    private Task Store(int ahead)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return stored.Write(
            new NobodyAttemptsState
            {
                Addresses =
                [
                    .. _tries.Counted.Select(known => new NobodyAttempts(
                        known.Key,
                        // What is counted ahead stays so, lest each write bring others on.
                        Math.Max(known.Value.Tries + ahead, ahead > 0 ? Counted(known.Key) : 0),
                        known.Value.Tries > known.Value.Failures ? now : known.Value.LastFailedAt
                    )),
                ],
                ExpiresAt = now + AttemptBackoff.RememberedFor,
            }
        );
    }
}
