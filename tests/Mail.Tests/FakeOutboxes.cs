using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;

namespace SessionAuth.Mail.Tests;

/// <summary>Users with mails, as the dispatcher meets them: who is due, and what each hands out.</summary>
internal sealed class FakeOutboxes : IDueUsers
{
    private readonly ConcurrentDictionary<UserId, Outbox> _outboxes = new();

    /// <summary>How often storage was asked.</summary>
    public int Looks;

    /// <summary>What storage answers with, where it does not.</summary>
    public Exception? Broken { get; set; }

    public IGrainFactory Grains => GrainsByKey.These(key => Of(UserId.Parse(key)));

    public Outbox Of(UserId user) => _outboxes.GetOrAdd(user, _ => new Outbox());

    public async IAsyncEnumerable<UserId> Find(
        DateTimeOffset dueBy,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref Looks);
        await Task.Yield();
        if (Broken is { } broken)
            throw broken;
        foreach ((UserId user, Outbox outbox) in _outboxes)
        {
            if (outbox.IsDue)
                yield return user;
        }
    }

    internal sealed class Outbox : IUserOutboxGrain
    {
        private readonly ConcurrentQueue<OutgoingMail> _mails = new();

        public int Taken;

        public bool IsDue { get; set; }

        public bool GivesUp { get; set; }

        public Exception? Broken { get; set; }

        public ConcurrentQueue<(string Id, MailOutcome Outcome)> Told { get; } = new();

        public void Put(OutgoingMail mail) => _mails.Enqueue(mail);

        public Task<IReadOnlyList<OutgoingMail>> TakeMail()
        {
            Interlocked.Increment(ref Taken);
            if (Broken is { } broken)
                throw broken;
            List<OutgoingMail> taken = [];
            while (_mails.TryDequeue(out OutgoingMail? mail))
                taken.Add(mail);
            IsDue = false;
            return Task.FromResult<IReadOnlyList<OutgoingMail>>(taken);
        }

        public Task<bool> MailTried(string id, MailOutcome outcome)
        {
            Told.Enqueue((id, outcome));
            return Task.FromResult(outcome == MailOutcome.Sent || !GivesUp);
        }
    }
}
