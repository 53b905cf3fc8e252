using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Mail;

// In memory alone: it is for the person who tries things out, and what it holds opens accounts.
[CollectionAgeLimit(Hours = 24)]
[GrainType("development-mailbox")]
internal sealed class DevelopmentMailboxGrain : Grain, IDevelopmentMailboxGrain
{
    private const int MostKept = 100;

    private readonly LinkedList<DevelopmentMail> _mails = new();

    public Task Put(DevelopmentMail mail)
    {
        _mails.AddFirst(mail);
        if (_mails.Count > MostKept)
            _mails.RemoveLast();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DevelopmentMail>> List() =>
        Task.FromResult<IReadOnlyList<DevelopmentMail>>([.. _mails]);
}
