using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using SessionAuth.Domain;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;

namespace SessionAuth.Mail.Tests;

/// <summary>Fake users with outboxes: which are due, and the emails that each hands out.</summary>
internal sealed class FakeOutboxes : IDueUsers
{
    private readonly ConcurrentDictionary<UserId, Outbox> _outboxes = new();

    /// <summary>The number of queries to storage.</summary>
    public int Queries;

    /// <summary>The error that storage throws, if any.</summary>
    public Exception? Error { get; set; }

    public IGrainFactory Grains => GrainsByKey.From(key => Of(UserId.Parse(key)));

    public Outbox Of(UserId user) => _outboxes.GetOrAdd(user, _ => new Outbox());

    public async IAsyncEnumerable<UserId> Find(
        DateTimeOffset dueBy,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        Interlocked.Increment(ref Queries);
        await Task.Yield();
        if (Error is { } broken)
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

        public Exception? Error { get; set; }

        public ConcurrentQueue<(string Id, MailOutcome Outcome)> Reported { get; } = new();

        public void Put(OutgoingMail mail) => _mails.Enqueue(mail);

        public Task<IReadOnlyList<OutgoingMail>> TakeEmails()
        {
            Interlocked.Increment(ref Taken);
            if (Error is { } broken)
                throw broken;
            List<OutgoingMail> taken = [];
            while (_mails.TryDequeue(out OutgoingMail? mail))
                taken.Add(mail);
            IsDue = false;
            return Task.FromResult<IReadOnlyList<OutgoingMail>>(taken);
        }

        public Task<bool> RecordSendResult(string id, MailOutcome outcome)
        {
            Reported.Enqueue((id, outcome));
            return Task.FromResult(outcome == MailOutcome.Sent || !GivesUp);
        }
    }
}
