using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Development;

/// <summary>Puts emails into the development mailbox, for a node that runs everything in one process.</summary>
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
