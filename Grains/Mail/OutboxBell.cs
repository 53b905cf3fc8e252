using System.Threading.Channels;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Mail;

/// <summary>
/// Signals to the mail dispatcher in the same process that an account has emails to send. The signal may be lost: what is
/// due is found in storage too.
/// </summary>
internal sealed class OutboxBell
{
    private const int MostWaiting = 10_000;

    private readonly Channel<UserId> _users = Channel.CreateBounded<UserId>(
        new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Those who have mail.</summary>
    public ChannelReader<UserId> Users => _users.Reader;

    /// <summary>A user has mail, durably.</summary>
    public void Ring(UserId user) => _users.Writer.TryWrite(user);
}
