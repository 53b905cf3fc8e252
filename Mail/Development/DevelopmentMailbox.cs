using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Mail;

/// <summary>Puts letters where whoever runs everything in one process reads them.</summary>
internal sealed class DevelopmentMailbox(IGrainFactory grains, TimeProvider clock)
    : IMailTransport,
        IMailBatch
{
    public IMailBatch Begin() => this;

    public async Task<MailTry> Send(MailLetter letter, CancellationToken cancellationToken)
    {
        await grains
            .DevelopmentMailbox()
            .Put(
                new DevelopmentMail(
                    letter.To,
                    letter.Subject,
                    letter.Text,
                    letter.Html,
                    letter.Link,
                    clock.GetUtcNow()
                )
            );
        return MailTry.Sent;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
