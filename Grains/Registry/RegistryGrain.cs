using Microsoft.Extensions.Logging;
using SessionAuth.Domain.Applications;
using SessionAuth.Domain.Keys;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Registry;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Interfaces.Registry;
using SessionAuth.Grains.Keys;
using SessionAuth.Grains.Storage;
using SessionAuth.Settings.Origins;

namespace SessionAuth.Grains.Registry;

/// <remarks>
/// Questions are answered during a change, by what was stored before; and while the outcome of a write is unknown, since
/// a change holds for nobody until it is answered.
/// </remarks>
[ExclusiveActivation]
[GrainType("registry")]
internal sealed partial class RegistryGrain(
    [DurableState(GrainStorageNames.Registry)] DurableState<RegistryState> stored,
    IEnumerable<ISiloMembership> membership,
    KeyStore keys,
    RegistryOptions options,
    TimeProvider clock,
    ILogger<RegistryGrain> logger
) : Grain, IRegistryGrain, IStateOwner, IIncomingGrainCallFilter
{
    private readonly ISiloMembership? _membership = membership.SingleOrDefault();
    private RegistryContent _content = null!;
    private CopyHolders _holders = null!;
    private TaskCompletionSource _asked = NewSource();
    private bool _isUnreadable;

    // What was taken away so far is gone everywhere.
    private Task _withdrawn = Task.CompletedTask;

    private TimeSpan Now => clock.GetElapsedTime(0);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // The silo of the activation before, if it was another, has stopped answering.
        _holders = CopyHolders.Begin(Now, options.Rules);
        stored.Owner = this;
        await stored.Read(cancellationToken);
        if (!stored.RecordExists)
            await stored.Write(First());
        try
        {
            _content = Content();
        }
        catch (KeysUnreadableException)
        {
            // Calls say so: a failed activation would be logged by Orleans with each of them.
            _isUnreadable = true;
            return;
        }

        // A change that the activation before has stored may still be repeated by who waits for its answer.
        _withdrawn = UntilWithdrawn(_holders.Withdraw(_content.Version));
    }

    public override Task OnDeactivateAsync(
        DeactivationReason reason,
        CancellationToken cancellationToken
    ) => stored.Leave(cancellationToken);

    // Another silo may have the data key.
    Task IIncomingGrainCallFilter.Invoke(IIncomingGrainCallContext context)
    {
        if (!_isUnreadable)
            return context.Invoke();
        DeactivateOnIdle();
        return Task.FromException(new KeysUnreadableException());
    }

    void IStateOwner.OnSettled() => Adopt();

    public Task<RegistryAnswer> Ask(HolderId holder, long? known)
    {
        (_holders, TimeSpan usableFor) = _holders.Ask(
            holder,
            known,
            _content.Version,
            Now,
            _membership?.CertainFor
        );
        _asked.TrySetResult();
        _asked = NewSource();
        return Task.FromResult(
            new RegistryAnswer(known == _content.Version ? null : _content, usableFor)
        );
    }

    public async Task<IReadOnlyList<string>> ReplaceFile(IReadOnlyList<Application> applications)
    {
        if (stored.State.WithFile(applications) is not { } next)
        {
            // It may be a repetition, whose answer was lost.
            await _withdrawn;
            return [];
        }

        // A node of another version may have other rules.
        IReadOnlyList<ApplicationProblem> problems = ApplicationRules.Problems(
            stored.State.WhenFileIs(applications),
            Origin.HostOf
        );
        if (problems.Count > 0)
            return [.. problems.Select(problem => problem.ToString())];

        await Change(next, KeysFor(applications));
        LogReplaced(applications.Count);
        return [];
    }

    // Whatever is written has its secrets encrypted anew.
    private async Task Change(RegistryState next, KeySet nextKeys)
    {
        await stored.Write(
            next with
            {
                Version = stored.State.Version + 1,
                Keys = keys.Seal(nextKeys),
            }
        );
        if (Adopt().TakesAway)
            await _withdrawn;
    }

    private KeySet KeysFor(IReadOnlyList<Application> applications)
    {
        DateTimeOffset now = clock.GetUtcNow();
        bool needsRsa = applications.Any(application =>
            application.IdentityTokenAlgorithm == IdentityTokenAlgorithm.RS256
        );
        return needsRsa && _content.Keys.LacksRsa(now) ? _content.Keys.WithRsa(now) : _content.Keys;
    }

    // What is stored holds for questions from now on, and for everybody once what it takes away is withdrawn.
    private RegistryChange Adopt()
    {
        RegistryContent before = _content;
        _content = Content();
        RegistryChange change = RegistryChange.Between(before, _content);
        if (change.TakesAway)
            _withdrawn = Withdraw(change, _withdrawn);
        return change;
    }

    private async Task Withdraw(RegistryChange change, Task earlier)
    {
        CopyWithdrawal withdrawal = _holders.Withdraw(_content.Version);
        await earlier;
        await UntilWithdrawn(withdrawal);
        foreach (ClientId application in change.RemovedApplications)
            LogRemoved(application);
        foreach (KeyId key in change.RemovedKeys)
            LogKeyRemoved(key);
    }

    private async Task UntilWithdrawn(CopyWithdrawal withdrawal)
    {
        while (true)
        {
            Task asked = _asked.Task;
            TimeSpan remaining = _holders.Remaining(withdrawal, Now);
            if (remaining <= TimeSpan.Zero)
                return;
            await Task.WhenAny(Task.Delay(remaining, clock), asked);
        }
    }

    private RegistryState First() =>
        new() { Version = 1, Keys = keys.Seal(keys.First(clock.GetUtcNow())) };

    private RegistryContent Content() =>
        new(stored.State.Version, stored.State.ApplicationSet(), keys.Open(stored.State.Keys));

    private static TaskCompletionSource NewSource() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(
        EventId = 241,
        Level = LogLevel.Information,
        EventName = "applications-replaced",
        Message = "The file with {Count} applications is stored"
    )]
    private partial void LogReplaced(int count);

    [LoggerMessage(
        EventId = 242,
        Level = LogLevel.Information,
        EventName = "application-removed",
        Message = "Application {Application} is removed on every node"
    )]
    private partial void LogRemoved(ClientId application);
}
