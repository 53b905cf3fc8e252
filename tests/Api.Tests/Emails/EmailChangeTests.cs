using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>A new email is verified before it replaces the old one, and both are notified.</summary>
public sealed class EmailChangeTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact(DisplayName = "S-37 A confirmed new email replaces the old one, and both are notified")]
    public async Task Confirmed_new_email_replaces_the_old_one()
    {
        (BrowserClient browser, string old) = await Node.NewUser();
        await browser.VerifyEmail();
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        Assert.Equal(old, (await browser.Me()).GetProperty("email").GetString());
        Assert.Equal(next, (await browser.Me()).GetProperty("newEmail").GetString());

        await Confirm(browser, await Node.Token(next, Mailbox.NewEmail))
            .Answered(HttpStatusCode.OK);

        Assert.Equal(next, (await browser.Me()).GetProperty("email").GetString());
        using BrowserClient newDevice = Node.NewBrowser();
        await newDevice.Login(old).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await newDevice.Login(next).Answered(HttpStatusCode.OK);
        await Node.WaitForMail(old, "email was changed");
        await Node.WaitForMail(next, "email was changed");
        using BrowserClient otherUser = Node.NewBrowser();
        await otherUser.Register(old).Answered(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Email_that_is_taken_stays_with_its_owner()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        (BrowserClient owner, string taken) = await Node.NewUser();
        await browser
            .Post("/email/change", new { email = taken })
            .Answered(HttpStatusCode.Accepted);

        await Confirm(browser, await Node.Token(taken, Mailbox.NewEmail))
            .Refused(HttpStatusCode.Conflict, "email-taken");

        Assert.Equal(taken, (await owner.Me()).GetProperty("email").GetString());
    }

    [Fact]
    public async Task Email_change_is_confirmed_only_by_a_session_of_the_account()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        (BrowserClient other, _) = await Node.NewUser();
        using BrowserClient signedOut = Node.NewBrowser();
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(next, Mailbox.NewEmail);

        await Confirm(signedOut, token).Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await Confirm(other, token).Refused(HttpStatusCode.BadRequest, "link-refused");
        await Confirm(browser, token).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Password_change_cancels_a_pending_email_change()
    {
        (BrowserClient browser, _) = await Node.NewUser();
        string next = People.NewEmail();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(next, Mailbox.NewEmail);

        await browser
            .Post(
                "/password/change",
                new
                {
                    currentPassword = People.Password,
                    newPassword = "quite another set of words",
                }
            )
            .Answered(HttpStatusCode.NoContent);

        await Confirm(browser, token).Refused(HttpStatusCode.BadRequest, "link-refused");
    }

    private static Task<HttpResponseMessage> Confirm(BrowserClient browser, string token) =>
        browser.Post("/email/change/confirm", new { token });
}
