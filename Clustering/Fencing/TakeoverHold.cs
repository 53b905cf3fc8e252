using Microsoft.Extensions.Logging;
using Orleans.Metadata;
using SessionAuth.Grains.Interfaces;

namespace SessionAuth.Clustering.Fencing;

/// <summary>
/// Holds an activation back, before it reads its state, until no other silo can still answer for the same grain: a
/// second hold beside that of the grain directory.
/// </summary>
/// <remarks>
/// <para>
/// The directory holds back the grains of a dead silo, but there is a race: it can let a registration through after it
/// has read of the death and before its partition has. The silo that registers then may not have read of the death at
/// all. So this relies neither on the directory nor on what this silo last read: the membership table is read once more
/// after the activation was registered. A registration that replaced that of a dead silo came after the death was
/// written, so this read shows it, and the activation waits for as long as that silo's fence can be open
/// (<see cref="ClusterView.UntilTakeover"/>).
/// </para>
/// <para>
/// The wait comes before the state is read: until its fence closes, the other silo may still store a revocation and
/// acknowledge it, which a state that was read earlier would lack.
/// </para>
/// <para>
/// It is for the grains whose answers grant access (<see cref="ExclusiveActivationAttribute"/>). The decisions of other
/// grains are settled by conditional writes, or matter little: a throttle with two activations for four seconds allows
/// twice the attempts.
/// </para>
/// <para>
/// It costs one read of the table for all activations that wait for it. When the table cannot be read, neither could
/// the state, and the activation fails as not confirmed.
/// </para>
/// </remarks>
internal sealed partial class TakeoverHold(
    ClusterView view,
    FreshReads reads,
    TimeProvider clock,
    ILogger<TakeoverHold> logger
) : IConfigureGrainContextProvider, IConfigureGrainContext, ILifecycleObserver
{
    /// <summary>Completes when no other silo can answer for a grain that was registered before the call.</summary>
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

    /// <summary>Completes when the fences of all silos that this one knows to be dead have closed.</summary>
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
            // Before the grain reads its state, as it is activated.
            GrainLifecycleStage.First,
            this
        );

    Task ILifecycleObserver.OnStart(CancellationToken cancellationToken) =>
        UntilOthersHaveStopped(cancellationToken);

    Task ILifecycleObserver.OnStop(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(
        1,
        LogLevel.Debug,
        "A grain is not activated because the membership table cannot be read"
    )]
    private partial void LogNoTable(Exception exception);
}
