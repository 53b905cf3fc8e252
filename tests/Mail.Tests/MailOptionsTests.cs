using MailKit.Security;
using Microsoft.Extensions.Options;
using SessionAuth.Mail.Smtp;

namespace SessionAuth.Mail.Tests;

/// <summary>Validation of the mail settings.</summary>
public sealed class MailOptionsTests
{
    private const string Password = "correct-horse";

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(null, "no-reply@nodeauth.dev")]
    [InlineData("smtps://localhost", "SessionAuth <no-reply@nodeauth.dev>")]
    public void Valid_settings_are_accepted(string? url, string? from) =>
        Assert.True(Validate(url, from).Succeeded);

    [Theory]
    [InlineData("smtp://mail.example.org", "mail.example.org", 587, SecureSocketOptions.StartTls)]
    [InlineData("smtp://mail.example.org:25", "mail.example.org", 25, SecureSocketOptions.StartTls)]
    [InlineData(
        "smtps://mail.example.org/",
        "mail.example.org",
        465,
        SecureSocketOptions.SslOnConnect
    )]
    [InlineData("smtps://[::1]:4650", "::1", 4650, SecureSocketOptions.SslOnConnect)]
    [InlineData("smtp://127.0.0.1:2525?tls=none", "127.0.0.1", 2525, SecureSocketOptions.None)]
    [InlineData("smtp://[::1]:2525/?tls=none", "::1", 2525, SecureSocketOptions.None)]
    public void Server_URL_is_parsed(string url, string host, int port, SecureSocketOptions tls)
    {
        Assert.True(SmtpServer.TryParse(url, out SmtpServer? server, out _));

        Assert.Equal(new SmtpServer(host, port, tls, null, null), server);
    }

    [Fact]
    public void User_and_password_are_decoded_and_not_printed()
    {
        Assert.True(
            SmtpServer.TryParse(
                "smtps://ada%40example.org:p%3A%40%2Fw%25@mail.example.org",
                out SmtpServer? server,
                out _
            )
        );

        Assert.Equal(("ada@example.org", "p:@/w%"), (server.User, server.Password));
        Assert.DoesNotContain("p:@/w%", $"{server}", StringComparison.Ordinal);
        Assert.DoesNotContain(
            Password,
            new MailOptions { SmtpUrl = Password }.ToString(),
            StringComparison.Ordinal
        );
    }

    [Theory(
        DisplayName = "S-66 Invalid settings are reported with the remedy and without the password"
    )]
    [InlineData("smtp://mail.example.org", null, "SMTP_URL needs MAIL_FROM")]
    [InlineData("http://mail.example.org", "a@example.org", "SMTP_URL must be")]
    [InlineData("mail.example.org:587", "a@example.org", "SMTP_URL must be")]
    [InlineData("smtp://user:correct-horse#@mail.example.org", "a@example.org", "SMTP_URL must be")]
    [InlineData(
        "smtp://user:correct-horse:x@mail.example.org",
        "a@example.org",
        "SMTP_URL must be"
    )]
    [InlineData(
        "smtp://user:correct-horse/x@mail.example.org",
        "a@example.org",
        "SMTP_URL must be"
    )]
    [InlineData("smtp://user@mail.example.org", "a@example.org", "SMTP_URL must be")]
    [InlineData("smtp://mail.example.org/inbox", "a@example.org", "SMTP_URL must be")]
    [InlineData("smtp://mail.example.org?tls=none", "a@example.org", "on this machine")]
    [InlineData("smtps://localhost?tls=none", "a@example.org", "only tls=none")]
    [InlineData("smtp://user:correct-horse@localhost?tls=maybe", "a@example.org", "only tls=none")]
    [InlineData(null, "nobody", "MAIL_FROM must be")]
    [InlineData(null, "böte@example.org", "MAIL_FROM must be")]
    [InlineData(null, "Ada <a@example.org>\r\nBcc: b@example.org", "MAIL_FROM must be")]
    [InlineData(null, "a@example.org, b@example.org", "MAIL_FROM must be")]
    public void Invalid_settings_are_reported_with_the_remedy_and_without_the_password(
        string? url,
        string? from,
        string problem
    )
    {
        ValidateOptionsResult result = Validate(url, from);

        Assert.Contains(problem, result.FailureMessage, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, result.FailureMessage, StringComparison.Ordinal);
    }

    private static ValidateOptionsResult Validate(string? url, string? from) =>
        new MailOptionsValidator(inCluster: false).Validate(
            null,
            new MailOptions { SmtpUrl = url, From = from }
        );
}
