using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mail;

/// <summary>Every change of an account is mailed to its owner.</summary>
public sealed class ChangeMailTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    private const string NewPassword = "quite another set of words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "S-37 Each change of an account is mailed once")]
    public async Task Change_of_an_account_is_mailed_once()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string email = await browser.RegisterWithPasskey(authenticator);
        await AssertMailed(browser, email, "Passkey added");

        await browser.Delete("/passkeys/" + authenticator.Id).Answered(HttpStatusCode.NoContent);
        await AssertMailed(browser, email, "Passkey removed");

        Authenticator app = await Authenticator.TurnOn(passkeys.Node, browser);
        await AssertMailed(browser, email, "Authenticator app added");

        await browser
            .Post(
                "/step-up",
                new { password = People.Password, recoveryCode = app.RecoveryCodes[0] }
            )
            .Answered(HttpStatusCode.NoContent);
        await AssertMailed(browser, email, "Recovery code used");

        await browser.Post("/factors/recovery-codes").Answered(HttpStatusCode.OK);
        // This mail is delayed for a moment, so that several renewals are one mail.
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(3));
        await AssertMailed(browser, email, "New recovery codes created");

        await browser.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
        await AssertMailed(browser, email, "Authenticator app removed");

        await browser
            .Post(
                "/password/change",
                new { currentPassword = People.Password, newPassword = NewPassword }
            )
            .Answered(HttpStatusCode.NoContent);
        await AssertMailed(browser, email, "Your password was changed");

        // One mail of the registration, and one of each change.
        Assert.Equal(8, (await passkeys.Node.Mails(email)).Count);
    }

    [Fact(DisplayName = "S-37 A password reset is mailed as a password change")]
    public async Task Password_reset_is_mailed_as_a_password_change()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Created);
        await browser.Post("/password/forgot", new { email });
        string token = await passkeys.Node.Token(email, Mailbox.Reset);

        await browser
            .Post("/password/reset", new { token, password = NewPassword })
            .Answered(HttpStatusCode.NoContent);

        await browser.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        await AssertMailed(browser, email, "Your password was changed");
        Assert.Equal(3, (await passkeys.Node.Mails(email)).Count);
    }

    // With no mail waiting, all mails have arrived.
    private async Task AssertMailed(BrowserClient browser, string email, string subject)
    {
        await Eventually.Holds(
            s_patience,
            async () =>
            {
                JsonElement export = await browser.Get("/me/export").Answered(HttpStatusCode.OK);
                return export.GetProperty("mailsWaiting").GetArrayLength() == 0;
            }
        );
        Assert.Single(await passkeys.Node.Mails(email), mail => mail.Subject == subject);
    }
}
