using System.Collections.Concurrent;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Tests;

/// <summary>A transport whose results the test sets.</summary>
internal sealed class FakeTransport : IMailTransport
{
    public int Batches;

    public int Closed;

    public ConcurrentQueue<RenderedEmail> Sent { get; } = new();

    public Func<RenderedEmail, CancellationToken, Task<SendResult>> Answer { get; set; } =
        (_, _) => Task.FromResult(SendResult.Sent);

    public IMailBatch Begin()
    {
        Interlocked.Increment(ref Batches);
        return new Batch(this);
    }

    private sealed class Batch(FakeTransport transport) : IMailBatch
    {
        public async Task<SendResult> Send(RenderedEmail email, CancellationToken cancellationToken)
        {
            SendResult tried = await transport.Answer(email, cancellationToken);
            transport.Sent.Enqueue(email);
            return tried;
        }

        public ValueTask DisposeAsync()
        {
            Interlocked.Increment(ref transport.Closed);
            return ValueTask.CompletedTask;
        }
    }
}
