using Microsoft.Extensions.Options;
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
    [DurableState(GrainStorageNames.Throttles)] DurableState<NobodyTriesState> stored,
    IOptions<ThrottleOptions> options,
    TimeProvider clock
) : Grain, INobodyThrottleGrain
{
    private const int CountedAhead = 3;
    private const int MostAddresses = 64;

    private readonly Dictionary<string, BackOff> _tries = new(StringComparer.Ordinal);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.RecordExists)
        {
            foreach (NobodyTries address in stored.State.Addresses)
                New(address.Of).Restore(address.Failures, address.LastAt);
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
            && _tries.Any(known => known.Value.Tries < Counted(known.Key))
        )
            await Store(ahead: 0);
    }

    public async Task<TimeSpan?> Begin(string address)
    {
        DateTimeOffset now = clock.GetUtcNow();
        BackOff tries = _tries.GetValueOrDefault(address) ?? New(address);
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
        BackOff tries = _tries.GetValueOrDefault(address) ?? New(address);
        switch (outcome)
        {
            // Whoever registered with the address, and signed in, while the try was under way.
            case TryOutcome.Succeeded:
            case TryOutcome.NotLookedAt:
                tries.Withdraw();
                break;
            case TryOutcome.Failed:
                tries.Fail(clock.GetUtcNow());
                await StoreAhead(address, tries);
                break;
        }
    }

    private BackOff New(string address)
    {
        MakeRoom();
        BackOff tries = new(options.Value.InARow(AccountBudget.Of(SecretKind.Password).Strangers));
        _tries.Add(address, tries);
        return tries;
    }

    private void MakeRoom()
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string address, BackOff tries) in _tries)
        {
            tries.Forget(now);
            if (tries.Tries == 0)
                _tries.Remove(address);
        }

        if (_tries.Count < MostAddresses)
            return;

        string fewest = _tries
            .OrderBy(known => known.Value.Tries)
            .ThenBy(known => known.Value.LastFailedAt)
            .First()
            .Key;
        _tries.Remove(fewest);
    }

    private int Counted(string address) =>
        stored.RecordExists
            ? stored.State.Addresses.FirstOrDefault(known => known.Of == address)?.Failures ?? 0
            : 0;

    private async Task StoreAhead(string address, BackOff tries)
    {
        if (tries.Tries > Counted(address))
            await Store(CountedAhead);
    }

    private Task Store(int ahead)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return stored.Write(
            new NobodyTriesState
            {
                Addresses =
                [
                    .. _tries
                        .Where(known => known.Value.Tries > 0)
                        .Select(known => new NobodyTries(
                            known.Key,
                            // What is counted ahead stays so, lest each write bring others on.
                            Math.Max(known.Value.Tries + ahead, ahead > 0 ? Counted(known.Key) : 0),
                            known.Value.Tries > known.Value.Failures
                                ? now
                                : known.Value.LastFailedAt
                        )),
                ],
                ExpiresAt = now + BackOff.RememberedFor,
            }
        );
    }
}
