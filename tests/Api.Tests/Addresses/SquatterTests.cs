using System.Net;
using System.Text.Json;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>Somebody has made an account with another's address.</summary>
public sealed class SquatterTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact(
        DisplayName = "S-41 Nothing of a squatter's opens the account once its address is proved"
    )]
    public async Task Nothing_of_a_squatters_opens_the_account()
    {
        using BrowserClient squatter = passkeys.NewBrowser();
        string address = People.NewAddress();
        await squatter.Register(address).Answered(HttpStatusCode.Created);
        // What would outlive the proof cannot be added before it.
        foreach (string path in new[] { PasskeyCalls.AddOptions, "/factors/totp" })
            await squatter.Post(path).Refused(HttpStatusCode.Forbidden, "address-not-verified");
        using BrowserClient owner = passkeys.NewBrowser();

        JsonElement proved = await owner
            .Post(
                "/email/verification/confirm",
                new { token = await passkeys.Node.Token(address, Mailbox.Verify), startOver = true }
            )
            .Answered(HttpStatusCode.OK);

        Assert.Equal("reset-password", proved.GetProperty("next").GetString());
        await squatter.Post("/refresh").Refused(HttpStatusCode.Unauthorized, "not-signed-in");
        await squatter.Login(address).Refused(HttpStatusCode.Unauthorized, "sign-in-refused");

        await owner
            .Post("/password/forgot", new { email = address })
            .Answered(HttpStatusCode.Accepted);
        await owner
            .Post(
                "/password/reset",
                new
                {
                    token = await passkeys.Node.Token(address, Mailbox.Reset),
                    password = "the owner's own words",
                }
            )
            .Answered(HttpStatusCode.NoContent);
        await owner.Login(address, "the owner's own words").Answered(HttpStatusCode.OK);
        Assert.Empty(await owner.Passkeys());
        JsonElement me = await owner.Me();
        Assert.True(me.GetProperty("emailVerified").GetBoolean());
        Assert.True(me.GetProperty("hasPassword").GetBoolean());
        Assert.False(me.GetProperty("totp").GetBoolean());
        Assert.Equal(0, me.GetProperty("recoveryCodesLeft").GetInt32());
        Assert.Equal(0, me.GetProperty("passkeys").GetInt32());
    }
}
