using System.Net.Security;
using System.Security.Authentication;
using System.Text;
using MailKit.Net.Smtp;
using MimeKit;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;
using SessionAuth.Mail.Templates;

namespace SessionAuth.Mail.Smtp;

/// <summary>
/// Sends emails over one connection, which is opened for the first of them. If that fails, the rest of the batch fails
/// at once, since each email would wait for the same timeout.
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
        // MailKit's default check makes exceptions for some well-known servers.
        ServerCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None,
        // As for all other TLS connections of the process: private authorities usually publish no revocation lists.
        CheckCertificateRevocation = false,
        Timeout = (int)s_sendWithin.TotalMilliseconds,
    };

    private SendResult? _unreachable;

    public async Task<SendResult> Send(RenderedEmail email, CancellationToken cancellationToken)
    {
        if (SmtpMessage.Of(email, sender) is not { } message)
            return new(MailOutcome.Rejected, "the recipient is not valid in a message");

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
                ?? SendResult.Sent;
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
        // With SMTPUTF8 the library would send the domain as U-labels, which the next relay may not accept.
        _client.Capabilities &= ~SmtpCapabilities.UTF8;
        if (server is { User: { } user, Password: { } password })
            await _client.AuthenticateAsync(Encoding.UTF8, user, password, cancellationToken);
    }

    /// <summary>Runs a step with a timeout. Returns the failure, or null.</summary>
    private async Task<SendResult?> Try(
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
            // After a refused command the connection is still usable. After any other error its state is unknown.
            if (e is not SmtpCommandException && _client.IsConnected)
                await _client.DisconnectAsync(quit: false, CancellationToken.None);
            return failure;
        }
    }
}
