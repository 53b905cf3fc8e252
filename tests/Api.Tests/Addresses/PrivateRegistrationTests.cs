using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>Where registration is private, answers tell nobody who has an account; mails tell its owner.</summary>
public sealed class PrivateRegistrationTests
{
    [Fact(
        DisplayName = "S-27 Where registration is private, an account that is not verified looks like none"
    )]
    public async Task An_account_that_is_not_verified_looks_like_none()
    {
        await using RunningNode node = await Start();
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Accepted);

        JsonElement unverified = await browser
            .Login(address)
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        JsonElement unknown = await browser
            .Login(People.NewAddress())
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        Assert.Equal(unknown.GetRawText(), unverified.GetRawText());
        Assert.Empty(browser.Cookies);
        // Whoever knows the password is helped along by mail.
        await node.Tokens(address, Mailbox.Verify, atLeast: 2);
    }

    [Fact(DisplayName = "S-27 Who has an account is told by mail that somebody tried to make one")]
    public async Task Who_has_an_account_is_told_that_somebody_tried_to_make_one()
    {
        await using RunningNode node = await Start();
        using BrowserClient browser = node.NewBrowser();
        string address = People.NewAddress();
        await browser.Register(address).Answered(HttpStatusCode.Accepted);
        // Nobody has proved the address yet: it gets another link for that.
        await browser.Register(address, "a prober's own words").Answered(HttpStatusCode.Accepted);
        IReadOnlyList<string> tokens = await node.Tokens(address, Mailbox.Verify, atLeast: 2);
        Assert.Equal(2, (await node.Mails(address)).Count);
        await browser
            .Post(
                "/email/verification/confirm",
                new { token = tokens[0], password = People.Password }
            )
            .Answered(HttpStatusCode.OK);

        await browser
            .Register(address.ToUpperInvariant(), "a prober's own words")
            .Answered(HttpStatusCode.Accepted);

        await node.Brings(address, "You have an account already");
        Assert.Null(
            (await node.Mails(address))
                .Single(mail => mail.Subject == "You have an account already")
                .Link
        );
    }

    private static Task<RunningNode> Start() =>
        RunningNode.Start(new Dictionary<string, string> { ["REGISTRATION"] = "private" });
}
