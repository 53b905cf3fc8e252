using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>A new address is proved before it counts, and the old one is told.</summary>
public sealed class AddressChangeTests(OwnNode own) : IClassFixture<OwnNode>
{
    private RunningNode Node => own.Node;

    [Fact(DisplayName = "S-37 A confirmed address takes the old one's place, and both are told")]
    public async Task A_confirmed_address_takes_the_old_ones_place()
    {
        (BrowserClient browser, string old) = await Node.NewPerson();
        await browser.VerifyAddress();
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        Assert.Equal(old, (await browser.Me()).GetProperty("email").GetString());
        Assert.Equal(next, (await browser.Me()).GetProperty("newEmail").GetString());

        await Confirm(browser, await Node.Token(next, Mailbox.NewAddress))
            .Answered(HttpStatusCode.OK);

        Assert.Equal(next, (await browser.Me()).GetProperty("email").GetString());
        using BrowserClient anywhere = Node.NewBrowser();
        await anywhere.Login(old).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        await anywhere.Login(next).Answered(HttpStatusCode.OK);
        await Node.Brings(old, "address was changed");
        await Node.Brings(next, "address was changed");
        using BrowserClient stranger = Node.NewBrowser();
        await stranger.Register(old).Answered(HttpStatusCode.Created);
    }

    [Fact]
    public async Task An_address_that_is_taken_stays_its_owners()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
        (BrowserClient owner, string taken) = await Node.NewPerson();
        await browser
            .Post("/email/change", new { email = taken })
            .Answered(HttpStatusCode.Accepted);

        await Confirm(browser, await Node.Token(taken, Mailbox.NewAddress))
            .Refused(HttpStatusCode.Conflict, "address-taken");

        Assert.Equal(taken, (await owner.Me()).GetProperty("email").GetString());
    }

    [Fact]
    public async Task Only_a_session_of_the_account_confirms()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
        (BrowserClient other, _) = await Node.NewPerson();
        using BrowserClient nobody = Node.NewBrowser();
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(next, Mailbox.NewAddress);

        await Confirm(nobody, token).Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await Confirm(other, token).Refused(HttpStatusCode.BadRequest, "link-refused");
        await Confirm(browser, token).Answered(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_new_password_calls_a_change_off()
    {
        (BrowserClient browser, _) = await Node.NewPerson();
        string next = People.NewAddress();
        await browser.Post("/email/change", new { email = next }).Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(next, Mailbox.NewAddress);

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
