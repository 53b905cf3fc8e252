using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>An attacker has registered another person's email before its owner (account pre-hijacking).</summary>
public sealed class PreHijackingTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact(
        DisplayName = "S-41 Nothing that an attacker set up opens the account once the owner has verified the email"
    )]
    public async Task Nothing_of_an_attacker_opens_the_account_once_the_owner_has_verified_the_email()
    {
        using BrowserClient attacker = passkeys.NewBrowser();
        string email = People.NewEmail();
        await attacker.Register(email).Answered(HttpStatusCode.Created);
        // Factors that would survive the verification cannot be added before it.
        foreach (string path in new[] { PasskeyCalls.AddOptions, "/factors/totp" })
            await attacker.Post(path).Refused(HttpStatusCode.Forbidden, "email-not-verified");
        using BrowserClient owner = passkeys.NewBrowser();

        JsonElement verified = await owner
            .Post(
                "/email/verification/confirm",
                new { token = await passkeys.Node.Token(email, Mailbox.Verify), startOver = true }
            )
            .Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", verified.GetProperty("next").GetString());
        await attacker.Post("/refresh").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await attacker.Login(email).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        await owner.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
        await owner
            .Post(
                "/password/reset",
                new
                {
                    token = await passkeys.Node.Token(email, Mailbox.Reset),
                    password = "the owner's own words",
                }
            )
            .Answered(HttpStatusCode.NoContent);
        await owner.Login(email, "the owner's own words").Answered(HttpStatusCode.OK);
        Assert.Empty(await owner.Passkeys());
        JsonElement me = await owner.Me();
        Assert.True(me.GetProperty("emailVerified").GetBoolean());
        Assert.True(me.GetProperty("hasPassword").GetBoolean());
        Assert.False(me.GetProperty("totp").GetBoolean());
        Assert.Equal(0, me.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal(0, me.GetProperty("passkeys").GetInt32());
    }
}
