using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Holds an activation back, before it reads its state, until every silo that may still answer for the same grain has
/// stopped to: a hold of our own beside the grain directory's.
/// </summary>
/// <remarks>
/// <para>
/// The directory holds back what a dead silo had, but can let a registration through in the moment in which it has read
/// of the death and its partition has not yet. The silo that registers then may not have read of it at all. So this does
/// not go by what the directory says, nor by what this silo last read: the membership table is read once more, after the
/// activation was registered. A registration that took the place of a dead silo's came after that death was written,
/// hence this read shows it, and the activation waits for as long as that silo's fence can be open
/// (<see cref="ClusterView.UntilTakeover"/>).
/// </para>
/// <para>
/// The wait comes before the state is read: until its fence closes the other silo may still store a revocation and
/// answer that it holds, which a state that was read before would not have.
/// </para>
/// <para>
/// It is for the grains whose answers let somebody in (<see cref="ExclusiveActivationAttribute"/>). What others decide
/// is settled by their conditional writes, or counts for little: a throttle that is there twice for four seconds counts
/// twice.
/// </para>
/// <para>
/// The table costs one read beside the one of the state, shared by all activations that wait for it. Where it cannot be
/// read, the state could not be either, and the activation fails as not confirmed.
/// </para>
/// </remarks>
internal sealed partial class TakeoverHold(
    ClusterView view,
    FreshReads reads,
    TimeProvider clock,
    ILogger<TakeoverHold> logger
) : IConfigureGrainContextProvider, IConfigureGrainContext
{
    /// <summary>Returns when nobody else can answer for a grain that was registered before the call.</summary>
    /// <exception cref="SiloNotConfirmedException">The membership table cannot be read.</exception>
    public async Task UntilOthersHaveStopped(CancellationToken cancellationToken)
    {
        try
        {
            await reads.Read(cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoTable(e);
            throw new SiloNotConfirmedException();
        }
        await UntilKnownDeadHaveStopped(cancellationToken);
    }

    /// <summary>Returns when the fences of all whom this silo knows to have been declared dead have closed.</summary>
    public async Task UntilKnownDeadHaveStopped(CancellationToken cancellationToken)
    {
        while (view.UntilTakeover() is { } wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, cancellationToken);
    }

    bool IConfigureGrainContextProvider.TryGetConfigurator(
        GrainType grainType,
        GrainProperties properties,
        out IConfigureGrainContext configurator
    )
    {
        configurator = this;
        return properties.Properties.ContainsKey(ExclusiveActivationAttribute.Property);
    }

    void IConfigureGrainContext.Configure(IGrainContext context) =>
        context.ObservableLifecycle.Subscribe(
            nameof(TakeoverHold),
            // The state is read at SetupState.
            GrainLifecycleStage.First,
            UntilOthersHaveStopped,
            _ => Task.CompletedTask
        );

    [LoggerMessage(
        1,
        LogLevel.Debug,
        "A grain is not activated, since the membership table cannot be read"
    )]
    private partial void LogNoTable(Exception exception);
}
