using System.Collections.Concurrent;
using SessionAuth.Grains.Mail;

namespace SessionAuth.Grains.Tests.Mail;

/// <summary>Takes letters as a test says.</summary>
internal sealed class FakeTransport : IMailTransport
{
    public int Batches;

    public int Closed;

    public ConcurrentQueue<MailLetter> Letters { get; } = new();

    public Func<MailLetter, CancellationToken, Task<MailTry>> Answer { get; set; } =
        (_, _) => Task.FromResult(MailTry.Sent);

    public IMailBatch Begin()
    {
        Interlocked.Increment(ref Batches);
        return new Batch(this);
    }

    private sealed class Batch(FakeTransport transport) : IMailBatch
    {
        public async Task<MailTry> Send(MailLetter letter, CancellationToken cancellationToken)
        {
            MailTry tried = await transport.Answer(letter, cancellationToken);
            transport.Letters.Enqueue(letter);
            return tried;
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref transport.Closed);
            return ValueTask.CompletedTask;
        }
    }
}
