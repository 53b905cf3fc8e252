using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Tests.Running;

namespace SessionAuth.Grains.Tests.Leases;

/// <summary>A holder in a client process that answers recalls only when a test lets it.</summary>
public sealed class ControlledHolder : ILeaseHolder
{
    private readonly IGrainFactory _grains;
    private readonly TaskCompletionSource _recalled = new();
    private TaskCompletionSource _answers = new();

    private ControlledHolder(IGrainFactory grains)
    {
        _grains = grains;
        Reference = grains.CreateObjectReference<ILeaseHolder>(this);
        _answers.SetResult();
    }

    public HolderId Id { get; } = new(Guid.NewGuid());

    public ILeaseHolder Reference { get; }

    /// <summary>The silo's entry.</summary>
    public ILeaseSilo Silo { get; private set; } = null!;

    /// <summary>All that was recalled.</summary>
    public List<StandingRecall> Recalls { get; } = [];

    /// <summary>Completes with the first recall.</summary>
    public Task Recalled => _recalled.Task.WaitAsync(TimeSpan.FromSeconds(20));

    /// <summary>A holder with a lease.</summary>
    public static async Task<ControlledHolder> WithLease(RunningSilo silo, SessionTokens tokens)
    {
        ControlledHolder holder = new(silo.Grains);
        LeasedCheck first = await holder.Check(tokens);
        Assert.Null(first.Copy);
        holder.Silo = Assert.IsType<ILeaseSilo>(first.LeaseFrom, exactMatch: false);
        Assert.NotNull(await holder.Renew());
        return holder;
    }

    public Task<LeaseGrant?> Renew(params SessionUse[] uses) =>
        Silo.Renew(new(Id, Reference, uses));

    public async Task<LeasedCheck> Check(SessionTokens tokens) =>
        await _grains.Session(tokens.Session).CheckFor(tokens.User, tokens.Generation, Id);

    /// <summary>Leaves recalls unanswered from now on.</summary>
    public void Hang() => _answers = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Answers all recalls.</summary>
    public void Answer() => _answers.TrySetResult();

    public Task Recall(Guid silo, IReadOnlyList<StandingRecall> recalls)
    {
        lock (Recalls)
            Recalls.AddRange(recalls);
        _recalled.TrySetResult();
        return _answers.Task;
    }
}
