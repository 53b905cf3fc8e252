using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>With REGISTRATION=private, answers do not reveal which emails have an account; mails inform the owner.</summary>
public sealed class PrivateRegistrationTests
{
    [Fact(
        DisplayName = "S-27 With private registration, signing in to an unverified account is answered as for an unknown email"
    )]
    public async Task Sign_in_to_an_unverified_account_is_answered_as_for_an_unknown_email()
    {
        await using RunningNode node = await Start();
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Accepted);

        JsonElement unverified = await browser
            .Login(email)
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");
        JsonElement unknown = await browser
            .Login(People.NewEmail())
            .Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        Assert.Equal(unknown.GetRawText(), unverified.GetRawText());
        Assert.Empty(browser.Cookies);
        // With the right password, a new verification link is mailed.
        await node.Tokens(email, Mailbox.Verify, atLeast: 2);
    }

    [Fact(
        DisplayName = "S-27 With private registration, the owner of an account is mailed that another registration was attempted"
    )]
    public async Task Owner_is_mailed_that_another_registration_was_attempted()
    {
        await using RunningNode node = await Start();
        using BrowserClient browser = node.NewBrowser();
        string email = People.NewEmail();
        await browser.Register(email).Answered(HttpStatusCode.Accepted);
        // The email is not verified yet, so another verification link is mailed.
        await browser
            .Register(email, "a password of the attacker")
            .Answered(HttpStatusCode.Accepted);
        IReadOnlyList<string> tokens = await node.Tokens(email, Mailbox.Verify, atLeast: 2);
        Assert.Equal(2, (await node.Mails(email)).Count);
        await browser
            .Post(
                "/email/verification/confirm",
                new { token = tokens[0], password = People.Password }
            )
            .Answered(HttpStatusCode.OK);

        await browser
            .Register(email.ToUpperInvariant(), "a password of the attacker")
            .Answered(HttpStatusCode.Accepted);

        await node.WaitForMail(email, "You already have an account");
        Assert.Null(
            (await node.Mails(email))
                .Single(mail => mail.Subject == "You already have an account")
                .Link
        );
    }

    private static Task<RunningNode> Start() =>
        RunningNode.Start(new Dictionary<string, string> { ["REGISTRATION"] = "private" });
}
