using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using SessionAuth.Grains.Interfaces.Mail;

namespace SessionAuth.Grains.Mail;

/// <summary>
/// Letters over one connection, which is made for the first of them. Where that fails, the server is not asked again for
/// the others of the batch: each would wait as long.
/// </summary>
internal sealed class SmtpBatch(SmtpServer server, MailboxAddress sender, TimeProvider clock)
    : IMailBatch
{
    private static readonly TimeSpan s_connectWithin = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_sendWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_partWithin = TimeSpan.FromSeconds(2);

    private readonly SmtpClient _client = new()
    {
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        // The library's own check makes exceptions for servers that it knows.
        ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
        // As everywhere else in this process: few authorities say what they revoked, and one's own says nothing.
        CheckCertificateRevocation = false,
        Timeout = (int)s_sendWithin.TotalMilliseconds,
    };

    private MailTry? _unreachable;

    public async Task<MailTry> Send(MailLetter letter, CancellationToken cancellationToken)
    {
        if (SmtpMessage.Of(letter, sender) is not { } message)
            return new(MailOutcome.Rejected, "the address cannot be written into a mail");

        using (message)
        {
            if (!_client.IsConnected)
                _unreachable ??= await Try(Connect, s_connectWithin, cancellationToken);
            return _unreachable
                ?? await Try(
                    token => _client.SendAsync(message, token),
                    s_sendWithin,
                    cancellationToken
                )
                ?? MailTry.Sent;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
            await Try(
                token => _client.DisconnectAsync(quit: true, token),
                s_partWithin,
                CancellationToken.None
            );
        _client.Dispose();
    }

    private async Task Connect(CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(server.Host, server.Port, server.Tls, cancellationToken);
        // Where a server offers SMTPUTF8, the library would send to the domain in its own script, and the next server on
        // the way may not take that.
        _client.Capabilities &= ~SmtpCapabilities.UTF8;
        if (server is { User: { } user, Password: { } password })
            await _client.AuthenticateAsync(Encoding.UTF8, user, password, cancellationToken);
    }

    /// <summary>Takes a step within its time; what went wrong, or null.</summary>
    private async Task<MailTry?> Try(
        Func<CancellationToken, Task> step,
        TimeSpan within,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource deadline = new(within, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            deadline.Token,
            cancellationToken
        );
        try
        {
            await step(either.Token);
            return null;
        }
        catch (Exception e) when (SmtpFailure.Of(e) is { } failure)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // After a refused command the connection is good. After all else nobody knows what it is in the middle of.
            if (e is not SmtpCommandException && _client.IsConnected)
                await _client.DisconnectAsync(quit: false, CancellationToken.None);
            return failure;
        }
    }
}
