using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using SessionAuth.Grains.Interfaces.Mail;
using SessionAuth.Mail.Sending;

namespace SessionAuth.Mail.Smtp;

/// <summary>
/// What an error means for an email. The words are our own, because a server's message may contain an email address or a
/// user name.
/// </summary>
internal static class SmtpFailure
{
    private const int FirstPermanent = 500;

    /// <summary>The result and the reason; null for an exception that has nothing to do with sending.</summary>
    public static SendResult? Of(Exception error) =>
        error switch
        {
            SmtpCommandException refusal => OfCommand(refusal),
            AuthenticationException or ServiceNotAuthenticatedException => Later(
                "the server refuses the user or the password of SMTP_URL, or wants one"
            ),
            SslHandshakeException => Later(
                "there is no TLS with the server: its certificate is not for the host of SMTP_URL, or from an authority "
                    + "that is not trusted. One of one's own is trusted when SSL_CERT_FILE names its certificate"
            ),
            NotSupportedException => Later(
                "the server does not offer STARTTLS or no way to log in that is known"
            ),
            OperationCanceledException or TimeoutException => Later(
                "the server does not answer in time"
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
