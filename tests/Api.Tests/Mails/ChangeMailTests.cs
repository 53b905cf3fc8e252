using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Mails;

/// <summary>Whoever's account is changed learns of it.</summary>
public sealed class ChangeMailTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    private const string New = "quite another set of words";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    [Fact(DisplayName = "S-37 Each change is told by one mail of its own")]
    public async Task Each_change_is_told_by_one_mail_of_its_own()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string address = await browser.RegisterWith(authenticator);
        await Brings(browser, address, "A passkey was added");

        await browser.Delete("/passkeys/" + authenticator.Id).Answered(HttpStatusCode.NoContent);
        await Brings(browser, address, "A passkey was removed");

        Authenticator app = await Authenticator.TurnOn(passkeys.Node, browser);
        await Brings(browser, address, "An authenticator app was added");

        await browser
            .Post(
                "/step-up",
                new { password = People.Password, recoveryCode = app.RecoveryCodes[0] }
            )
            .Answered(HttpStatusCode.NoContent);
        await Brings(browser, address, "A recovery code was used");

        await browser.Post("/factors/recovery-codes").Answered(HttpStatusCode.OK);
        // Whoever makes them twice is told once: it waits for a moment.
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(3));
        await Brings(browser, address, "New recovery codes were made");

        await browser.Delete("/factors/totp").Answered(HttpStatusCode.NoContent);
        await Brings(browser, address, "The authenticator app was removed");

        await browser
            .Post("/password/change", new { currentPassword = People.Password, newPassword = New })
            .Answered(HttpStatusCode.NoContent);
        await Brings(browser, address, "Your password was changed");

        // The registration's own, and one for each change.
        Assert.Equal(8, (await passkeys.Node.Mails(address)).Count);
    }

    [Fact(DisplayName = "S-37 A reset is told as a changed password is")]
    public async Task A_reset_is_told_as_a_changed_password_is()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Created);
        await browser.Post("/password/forgot", new { email = address });
        string token = await passkeys.Node.Token(address, Mailbox.Reset);

        await browser
            .Post("/password/reset", new { token, password = New })
            .Answered(HttpStatusCode.NoContent);

        await browser.Login(address, New).Answered(HttpStatusCode.OK);
        await Brings(browser, address, "Your password was changed");
        Assert.Equal(3, (await passkeys.Node.Mails(address)).Count);
    }

    // None is on its way any more: what has come is all that comes.
    private async Task Brings(BrowserClient browser, string address, string subject)
    {
        await Eventually.Holds(
            s_patience,
            async () =>
            {
                JsonElement export = await browser.Get("/me/export").Answered(HttpStatusCode.OK);
                return export.GetProperty("mailsWaiting").GetArrayLength() == 0;
            }
        );
        Assert.Single(await passkeys.Node.Mails(address), mail => mail.Subject == subject);
    }
}
