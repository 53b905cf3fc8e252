using Orleans.Storage;
using SessionAuth.Domain.Leases;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces.Leases;
using SessionAuth.Grains.Leases;

namespace SessionAuth.Grains.Sessions;

/// <remarks>
/// Copies of the session's standing in the memory of front ends. A change that makes them void is written and recalled
/// side by side, and becomes visible to checks only when it is durable and no copy is used any more. Until then checks
/// are answered by the state before, and nobody is given a copy of it.
/// </remarks>
internal sealed partial class SessionGrain
{
    // Made when it is needed, with a version greater than any that was given out before.
    private StandingHolders? _copies;
    private Task _recall = Task.CompletedTask;
    private bool _owesSave;

    // In the turn that has read the standing.
    private LeasedCheck Lease(SessionStanding standing, HolderId holder)
    {
        if (standing is not (SessionStanding.Live or SessionStanding.Restricted))
            return new(standing);
        SiloLeases leases = services.Leases;
        if (leases.Entry is not { } entry)
            return new(standing);
        if (!leases.HasLease(holder))
            return new(standing, leases.Id, Copy: null, entry);
        StandingHolders copies = _copies ?? NoCopies();
        if (_session?.Lease(copies.Version, Now) is not { } copy)
            return new(standing, leases.Id);

        (bool mayKeep, _copies) = copies.Register(holder);
        if (mayKeep)
            services.Uses.Add(Id, this);
        SaveDeliveryWhenDue();
        return new(standing, leases.Id, mayKeep ? copy : null);
    }

    /// <summary>Saves in a turn of the session's own. Called from outside of its turns, when a save is due.</summary>
    internal void QueueSave() =>
        GrainContext.Scheduler.QueueAction(
            static session => ((SessionGrain)session).SaveDelivery().Ignore(),
            this
        );

    // Later checks may be answered from copies, and would not save what this one has confirmed.
    private void SaveDeliveryWhenDue()
    {
        if (_owesSave || _session is not { HasUnsavedDelivery: true })
            return;

        _owesSave = true;
        services.DueSaves.Add(this, UntilWriteIsDue(Now));
    }

    // Again until it is saved: another write may be under way, and this one may fail.
    private async Task SaveDelivery()
    {
        _owesSave = false;
        // Another silo may have the session by now.
        if (_hasLeft || Current is not { } session)
            return;

        SaveActivityIfDue(session, Now);
        await WriteUnderWay();
        if (!_hasLeft)
            SaveDeliveryWhenDue();
    }

    private static async Task<LeasedCheck> WithoutCopy(ValueTask<SessionStanding> check) =>
        new(await check);

    private async Task WriteAndRecall(SessionState next)
    {
        BeginRecall();
        try
        {
            await stored.Write(next);
        }
        catch (InconsistentStateException)
        {
            // Another version is stored, and this activation leaves.
            throw;
        }
        catch when (stored.IsKnown)
        {
            // Nothing was written.
            _copies = _copies?.GiveUpRecall();
            throw;
        }

        await _recall;
        Keep(next);
        _copies = _copies?.EndRecall();
    }

    // A version of which only the outcome was unknown is being recalled already.
    private Task RecallBefore(Session session, SessionState next)
    {
        if (_copies is not { IsRecalling: true } && session.VoidsCopies(next))
            BeginRecall();
        return _recall;
    }

    private Task RecallBeforeLeaving()
    {
        BeginRecall();
        return _recall;
    }

    private void BeginRecall()
    {
        StandingHolders recalled = (_copies ?? NoCopies()).Recall(services.Leases.NextVersion());
        _copies = recalled;
        Task earlier = _recall;
        Task recall = services.Leases.Recall(recalled.Holders, new(Id, recalled.Version));
        _recall = earlier.IsCompleted ? recall : Task.WhenAll(earlier, recall);
    }

    private StandingHolders NoCopies() => StandingHolders.None(services.Leases.NextVersion());
}
