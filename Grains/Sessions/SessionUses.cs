using System.Collections.Concurrent;
using SessionAuth.Domain.Sessions;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Leases;

namespace SessionAuth.Grains.Sessions;

/// <summary>The sessions of a silo that holders have copies of, for the reports of their uses.</summary>
internal sealed class SessionUses(IGrainFactory grains, TimeProvider clock)
{
    private readonly ConcurrentDictionary<SessionId, SessionGrain> _sessions = new();

    /// <summary>Adds a session, until it leaves this silo.</summary>
    public void Add(SessionId id, SessionGrain session) => _sessions[id] = session;

    /// <summary>Removes a session, unless it is here again already.</summary>
    public void Remove(SessionId id, SessionGrain session) => _sessions.TryRemove(new(id, session));

    /// <summary>Passes reports on: without a call, but for uses that are too old or of a session that has left.</summary>
    public void Report(IReadOnlyList<SessionUse> uses)
    {
        DateTimeOffset now = clock.GetUtcNow();
        for (int i = 0; i < uses.Count; i++)
        {
            SessionUse use = uses[i];
            if (
                use.Ago <= Session.OldestUndecidedUse
                && _sessions.TryGetValue(use.Session, out SessionGrain? session)
            )
                session.ReportUse(now - use.Ago);
            else
                grains.Session(use.Session).Used(use.Ago).Ignore();
        }
    }
}
