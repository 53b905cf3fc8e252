using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;

namespace SessionAuth.Mail.Smtp;

/// <summary>
/// Classifies errors of sending. The texts are our own, because a server's message may contain an email or a user name.
/// </summary>
internal static class SmtpFailure
{
    private const int FirstPermanent = 500;

    /// <summary>The result for an exception; null for one that is unrelated to sending.</summary>
    public static SendResult? Of(Exception error) =>
        error switch
        {
            SmtpCommandException refusal => OfCommand(refusal),
            AuthenticationException or ServiceNotAuthenticatedException => Later(
                "the server refuses the user or the password of SMTP_URL, or requires authentication"
            ),
            SslHandshakeException => Later(
                "the TLS handshake failed: the server's certificate is not for the host of SMTP_URL, or its issuer is not "
                    + "trusted. To trust a private authority, set SSL_CERT_FILE to the file with its certificate"
            ),
            NotSupportedException => Later(
                "the server does not offer STARTTLS, or no supported authentication mechanism"
            ),
            OperationCanceledException or TimeoutException => Later(
                "the server did not answer in time"
            ),
            SocketException { SocketErrorCode: var code } => Later(
                $"the server cannot be reached ({code})"
            ),
            ServiceNotConnectedException or ProtocolException or IOException => Later(
                "the connection to the server broke"
            ),
            _ => null,
        };

    // A refused sender is for the operator to fix; the email itself is not at fault.
    private static SendResult OfCommand(SmtpCommandException refusal) =>
        new(
            (int)refusal.StatusCode >= FirstPermanent
            && refusal.ErrorCode
                is SmtpErrorCode.RecipientNotAccepted
                    or SmtpErrorCode.MessageNotAccepted
                ? MailOutcome.Rejected
                : MailOutcome.TryLater,
            refusal.ErrorCode switch
            {
                SmtpErrorCode.SenderNotAccepted =>
                    $"the server refuses the sender, MAIL_FROM, with {(int)refusal.StatusCode}",
                SmtpErrorCode.RecipientNotAccepted =>
                    $"the server refuses the recipient with {(int)refusal.StatusCode}",
                _ => $"the server refuses with {(int)refusal.StatusCode}",
            }
        );

    private static SendResult Later(string problem) => new(MailOutcome.TryLater, problem);
}
