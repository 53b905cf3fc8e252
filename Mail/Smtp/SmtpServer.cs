using System.Diagnostics.CodeAnalysis;
using System.Net;
using MailKit.Security;

namespace SessionAuth.Mail.Smtp;

/// <summary>The SMTP server that <c>SMTP_URL</c> names.</summary>
/// <param name="Host">Its host name or IP address, which its certificate must be for.</param>
/// <param name="Port">Its port.</param>
/// <param name="Tls">Implicit TLS, or required STARTTLS, or none.</param>
/// <param name="User">The user name; null to send without authentication.</param>
/// <param name="Password">The password.</param>
internal sealed record SmtpServer(
    string Host,
    int Port,
    SecureSocketOptions Tls,
    string? User,
    string? Password
)
{
    private const int SubmissionPort = 587;
    private const int TlsPort = 465;

    /// <summary>Parses the setting.</summary>
    /// <param name="text">The setting.</param>
    /// <param name="server">The server.</param>
    /// <param name="problem">What to change. Never quotes the setting, which contains a password.</param>
    public static bool TryParse(
        string? text,
        [NotNullWhen(true)] out SmtpServer? server,
        [NotNullWhen(false)] out string? problem
    )
    {
        server = null;
        problem =
            "SMTP_URL must be smtp://user:password@host:587 or smtps://user:password@host:465. Percent-encode "
            + "the characters : / ? # [ ] @ % in the user and the password, as %3A %2F %3F %23 %5B %5D %40 %25.";
        if (
            !Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            || url.Scheme is not ("smtp" or "smtps")
            || url is not { AbsolutePath: "" or "/", Fragment: "", IdnHost.Length: > 0 }
            || !TryUserInfo(url.UserInfo, out string? user, out string? password)
        )
            return false;

        bool implicitTls = url.Scheme == "smtps";
        SecureSocketOptions tls = implicitTls
            ? SecureSocketOptions.SslOnConnect
            : SecureSocketOptions.StartTls;
        if (url.Query == "?tls=none" && !implicitTls)
        {
            if (!IsLoopback(url.IdnHost))
            {
                problem = "SMTP_URL may have tls=none only for a server on this machine.";
                return false;
            }
            tls = SecureSocketOptions.None;
        }
        else if (url.Query.Length > 0)
        {
            problem = "SMTP_URL has an unknown query: only tls=none is allowed, with smtp://.";
            return false;
        }

        int port =
            url.Port > 0 ? url.Port
            : implicitTls ? TlsPort
            : SubmissionPort;
        server = new(url.IdnHost, port, tls, user, password);
        problem = null;
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Host}:{Port}";

    private static bool TryUserInfo(string text, out string? user, out string? password)
    {
        (user, password) = (null, null);
        if (text.Length == 0)
            return true;
        if (text.Split(':') is not [{ Length: > 0 } name, { Length: > 0 } secret])
            return false;

        (user, password) = (Uri.UnescapeDataString(name), Uri.UnescapeDataString(secret));
        return true;
    }

    private static bool IsLoopback(string host) =>
        host == "localhost"
        || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(address));
}
