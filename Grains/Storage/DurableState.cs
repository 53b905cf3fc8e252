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
internal sealed class DurableState<TState>(
    IGrainContext grain,
    IStorage<TState> stored,
    TimeProvider clock,
    ILogger<DurableState<TState>> logger
)
{
    // Made when it is needed: there can be very many states.
    private RepeatedWrite? _unanswered;

    // The stored state during a write in progress.
    private TState? _before;
    private bool _isWriting;

    /// <summary>False while the outcome of a write is unknown.</summary>
    public bool IsKnown => _unanswered is null;

    /// <summary>The stored state; during a write, the state before it.</summary>
    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is unknown.</exception>
    public TState State
    {
        get
        {
            RequireKnown();
            return _isWriting ? _before! : stored.State;
        }
    }

    /// <summary>Whether a state is stored.</summary>
    /// <exception cref="OutcomeUnknownException">The outcome of an earlier write is unknown.</exception>
    public bool RecordExists
    {
        get
        {
            RequireKnown();
            return stored.RecordExists;
        }
    }

    /// <summary>Told when an unknown outcome is resolved.</summary>
    public IStateOwner? Owner { get; set; }

    /// <summary>Reads the stored state: first of all when the grain is activated.</summary>
    /// <remarks>Called by each grain: a subscription to its lifecycle would stay in memory with each activation.</remarks>
    public Task Read(CancellationToken cancellationToken) =>
        stored.ReadStateAsync(cancellationToken);

    /// <summary>Tries to find out an unknown outcome: last of all when the grain is deactivated.</summary>
    public Task Leave(CancellationToken cancellationToken) =>
        _unanswered?.RepeatOnDeactivation(cancellationToken) ?? Task.CompletedTask;

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
            ? Change(() => stored.ClearStateAsync(CancellationToken.None))
            : Task.CompletedTask;

    private async Task Change(Func<Task> change)
    {
        RequireKnown();
        try
        {
            await change();
        }
        catch (InconsistentStateException)
        {
            Deactivate();
            throw;
        }
        catch (StorageUnavailableException e) when (e.OutcomeUnknown)
        {
            // Any other exception is thrown before the write is sent, such as for a document that is too large.
            _unanswered = new(
                grain,
                () => stored.ReadStateAsync(CancellationToken.None),
                OnAnswered,
                clock,
                logger
            );
            _unanswered.Begin(change);
            throw;
        }
    }

    private async Task WriteOnce(TState next)
    {
        TState before = stored.State;
        (_before, _isWriting) = (before, true);
        stored.State = next;
        try
        {
            await stored.WriteStateAsync(CancellationToken.None);
        }
        catch
        {
            stored.State = before;
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
            Deactivate();
    }

    private void Deactivate() => ((IGrainBase)grain.GrainInstance!).DeactivateOnIdle();
}
