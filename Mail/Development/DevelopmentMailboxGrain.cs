using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Mail.Development;

// In memory only: it is for development, and the links in the emails give access to accounts.
[CollectionAgeLimit(Hours = 24)]
[GrainType("development-mailbox")]
internal sealed class DevelopmentMailboxGrain : Grain, IDevelopmentMailboxGrain
{
    private const int MaxMails = 100;

    private readonly LinkedList<DevelopmentMail> _mails = new();

    public Task Put(DevelopmentMail mail)
    {
        _mails.AddFirst(mail);
        if (_mails.Count > MaxMails)
            _mails.RemoveLast();
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<DevelopmentMail>> List() =>
        Task.FromResult<IReadOnlyList<DevelopmentMail>>([.. _mails]);
}
