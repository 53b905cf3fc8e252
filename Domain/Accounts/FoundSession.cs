using System.Net;
using SessionAuth.Domain.SignIn;

namespace SessionAuth.Domain.Accounts;

/// <summary>What became of a listed session, as it was asked itself.</summary>
public abstract record FoundSession
{
    private FoundSession() { }

    /// <summary>It is live.</summary>
    /// <param name="Device">Where it was started; the IP address is that of the last refresh.</param>
    /// <param name="LastSeenAt">When it was last used.</param>
    public sealed record Live(ClientDevice Device, DateTimeOffset LastSeenAt) : FoundSession
    {
        // A client's IP address changes all the time; its network does when the client has moved.
        internal bool IsElsewhere(ListedSession listed) =>
            IPAddress.TryParse(listed.Ip, out IPAddress? before)
            && IPAddress.TryParse(Device.Ip, out IPAddress? now)
            && ClientNetwork.Of(before).Narrowest != ClientNetwork.Of(now).Narrowest;
    }

    /// <summary>It has ended, and that is durable.</summary>
    /// <param name="Session">The session.</param>
    public sealed record HasEnded(EndedSession Session) : FoundSession;

    /// <summary>There is no such session, or it is another account's.</summary>
    public sealed record Missing : FoundSession;

    /// <summary>It could not be asked, or its end is not durable yet.</summary>
    public sealed record Unknown : FoundSession;
}
