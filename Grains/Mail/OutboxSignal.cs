using System.Threading.Channels;
using SessionAuth.Domain;

namespace SessionAuth.Grains.Mail;

/// <summary>
/// Tells the mail dispatcher in the same process that an account has work due, such as emails. A hint: the dispatcher
/// also polls storage.
/// </summary>
internal sealed class OutboxSignal
{
    private const int Capacity = 10_000;

    private readonly Channel<UserId> _users = Channel.CreateBounded<UserId>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>The accounts that were signalled and not read yet.</summary>
    public ChannelReader<UserId> Users => _users.Reader;

    /// <summary>Signals that an account has stored work that is due.</summary>
    public void Notify(UserId user) => _users.Writer.TryWrite(user);
}
