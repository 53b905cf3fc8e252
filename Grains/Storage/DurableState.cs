using Microsoft.Extensions.Logging;
using Orleans.Core;
using Orleans.Storage;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Providers;

namespace SessionAuth.Grains.Storage;

/// <summary>A grain's persistent state, which changes in memory only once a write is durable.</summary>
/// <remarks>
/// When the answer to a write is lost, its outcome is unknown: it may be stored, or still land later, so that reading
/// the state does not settle it. Therefore the same conditional write is repeated until storage answers. If it
/// succeeds, the etag that the lost write expects is gone, and that write can never land. If it conflicts, another
/// version is stored, most likely by the lost write itself, and is read. Until then <see cref="State"/> and every
/// change throw <see cref="OutcomeUnknownException"/>.
/// </remarks>
internal sealed class DurableState<TState> : ILifecycleObserver
{
    private readonly IGrainContext _grain;
    private readonly IStorage<TState> _stored;
    private readonly TimeProvider _clock;
    private readonly ILogger<DurableState<TState>> _logger;

    // Made when it is needed: there can be very many states.
    private RepeatedWrite? _unanswered;

    // The stored state during a write in progress.
    private TState? _before;
    private bool _isWriting;

    public DurableState(
        IGrainContext grain,
        IStorage<TState> stored,
        TimeProvider clock,
        ILogger<DurableState<TState>> logger
    )
    {
        (_grain, _stored, _clock, _logger) = (grain, stored, clock, logger);
        grain.ObservableLifecycle.Subscribe(
            nameof(DurableState<>),
            GrainLifecycleStage.SetupState,
            this
        );
    }

    /// <summary>False while the outcome of a write is unknown.</summary>
    public bool IsKnown => _unanswered is null;

    /// <summary>The stored state; during a write, the state before it.</summary>
    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is unknown.</exception>
    public TState State
    {
        get
        {
            RequireKnown();
            return _isWriting ? _before! : _stored.State;
        }
    }

    /// <summary>Whether a state is stored.</summary>
    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is unknown.</exception>
    public bool RecordExists
    {
        get
        {
            RequireKnown();
            return _stored.RecordExists;
        }
    }

    /// <summary>Told when an unknown outcome is resolved.</summary>
    public IStateOwner? Owner { get; set; }

    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is unknown.</exception>
    public void RequireKnown()
    {
        if (_unanswered is not { } unanswered)
            return;

        unanswered.RepeatSoon();
        throw new OutcomeUnknownException();
    }

    /// <summary>
    /// Writes the next state; on failure the state in memory is unchanged. After an etag conflict the activation is
    /// stale and deactivates.
    /// </summary>
    public Task Write(TState next) => Change(() => WriteOnce(next));

    /// <summary>Clears the state, if one is stored. A stale activation deactivates.</summary>
    public Task Clear() =>
        RecordExists
            ? Change(() => _stored.ClearStateAsync(CancellationToken.None))
            : Task.CompletedTask;

    Task ILifecycleObserver.OnStart(CancellationToken cancellationToken) =>
        _stored.ReadStateAsync(cancellationToken);

    Task ILifecycleObserver.OnStop(CancellationToken cancellationToken) =>
        _unanswered?.RepeatOnDeactivation(cancellationToken) ?? Task.CompletedTask;

    private async Task Change(Func<Task> change)
    {
        RequireKnown();
        try
        {
            await change();
        }
        catch (InconsistentStateException)
        {
            Leave();
            throw;
        }
        catch (StorageUnavailableException e) when (e.OutcomeUnknown)
        {
            // Any other exception is thrown before the write is sent, such as for a document that is too large.
            _unanswered = new(
                _grain,
                () => _stored.ReadStateAsync(CancellationToken.None),
                OnAnswered,
                _clock,
                _logger
            );
            _unanswered.Begin(change);
            throw;
        }
    }

    private async Task WriteOnce(TState next)
    {
        TState before = _stored.State;
        (_before, _isWriting) = (before, true);
        _stored.State = next;
        try
        {
            await _stored.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            _stored.State = before;
            throw;
        }
        finally
        {
            (_before, _isWriting) = (default, false);
        }
    }

    private void OnAnswered(bool isOfAnother)
    {
        _unanswered = null;
        Owner?.OnSettled();
        if (isOfAnother)
            Leave();
    }

    private void Leave() => ((IGrainBase)_grain.GrainInstance!).DeactivateOnIdle();
}
