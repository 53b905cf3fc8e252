using System.Diagnostics;
using System.Net;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts;

/// <summary>The state of a listed session, as reported by the session itself.</summary>
public abstract record FoundSession
{
    private FoundSession() { }

    /// <summary>The session is live.</summary>
    /// <param name="Device">The device that it was started on; its IP address is that of the last refresh.</param>
    /// <param name="LastSeenAt">When it was last used.</param>
    public sealed record Live(ClientDevice Device, DateTimeOffset LastSeenAt) : FoundSession
    {
        // A client's IP address changes often; its network changes when the client has moved.
        internal bool IsElsewhere(ListedSession listed) =>
            IPAddress.TryParse(listed.Ip, out IPAddress? before)
            && IPAddress.TryParse(Device.Ip, out IPAddress? now)
            && ClientNetwork.Of(before).Narrowest != ClientNetwork.Of(now).Narrowest;
    }

    /// <summary>The session has ended, and its end is stored.</summary>
    /// <param name="Session">The ended session.</param>
    public sealed record HasEnded(EndedSession Session) : FoundSession;

    /// <summary>The session does not exist or belongs to another account.</summary>
    public sealed record Missing : FoundSession;

    /// <summary>The session could not be reached, or its end is not stored yet.</summary>
    public sealed record Unknown : FoundSession;

    /// <summary>Calls the delegate that matches the state.</summary>
    public T Match<T>(
        Func<Live, T> live,
        Func<HasEnded, T> hasEnded,
        Func<Missing, T> missing,
        Func<Unknown, T> unknown
    ) =>
        this switch
        {
            Live found => live(found),
            HasEnded found => hasEnded(found),
            Missing found => missing(found),
            Unknown found => unknown(found),
            _ => throw new UnreachableException(),
        };
}
