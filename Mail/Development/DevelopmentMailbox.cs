using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Development;

/// <summary>Delivers emails to the development mailbox of an embedded node.</summary>
internal sealed class DevelopmentMailbox(IGrainFactory grains, TimeProvider clock)
    : IMailTransport,
        IMailBatch
{
    public IMailBatch Begin() => this;

    public async Task<SendResult> Send(RenderedEmail email, CancellationToken cancellationToken)
    {
        await grains
            .DevelopmentMailbox()
            .Put(
                new DevelopmentMail(
                    email.To,
                    email.Subject,
                    email.Text,
                    email.Html,
                    email.Link,
                    clock.GetUtcNow()
                )
            );
        return SendResult.Sent;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
