using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using OtpNet;
using SessionAuth.Api.Tests.Import;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Domain;
using SessionAuth.Domain.Accounts.Results;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Grains.Interfaces.Users;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>An imported account with an authenticator app and an unverified email.</summary>
public sealed class ImportedFactorTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string NewPassword = "the owner's own words";

    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-32 An imported second factor is still required after a reset that verifies the email"
    )]
    public async Task Imported_second_factor_is_required_after_a_reset()
    {
        (string email, byte[] secret) = await Import();
        using BrowserClient browser = Node.NewBrowser();

        await Reset(browser, email);

        await AssertCodeIsRequired(browser, email, secret);
    }

    [Fact(
        DisplayName = "S-32 An imported second factor is still required after the account was started over"
    )]
    public async Task Imported_second_factor_is_required_after_starting_over()
    {
        (string email, byte[] secret) = await Import();
        using BrowserClient first = Node.NewBrowser();
        await first.Login(email, NodeAuth.Password).Answered(HttpStatusCode.OK);
        await first
            .Post("/login/second-factor", new { code = Code(secret) })
            .Answered(HttpStatusCode.OK);
        await first.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(email, Mailbox.Verify);
        using BrowserClient browser = Node.NewBrowser();

        await browser
            .Post("/email/verification/confirm", new { token, startOver = true })
            .Answered(HttpStatusCode.OK);
        await Reset(browser, email);

        Assert.False(await first.IsSignedIn());
        await AssertCodeIsRequired(browser, email, secret);
    }

    private async Task AssertCodeIsRequired(BrowserClient browser, string email, byte[] secret)
    {
        JsonElement login = await browser.Login(email, NewPassword).Answered(HttpStatusCode.OK);
        Assert.Equal("second-factor", login.GetProperty("next").GetString());
        Assert.False(await browser.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser
            .Post("/login/second-factor", new { code = Code(secret) })
            .Answered(HttpStatusCode.OK);
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
    }

    private async Task Reset(BrowserClient browser, string email)
    {
        await browser.Post("/password/forgot", new { email }).Answered(HttpStatusCode.Accepted);
        await browser
            .Post(
                "/password/reset",
                new { token = await Node.Token(email, Mailbox.Reset), password = NewPassword }
            )
            .Answered(HttpStatusCode.NoContent);
    }

    private async Task<(string Email, byte[] Secret)> Import()
    {
        string email = People.NewEmail();
        byte[] secret = KeyGeneration.GenerateRandomKey(20);
        ImportResult answer = await Node
            .Services.GetRequiredService<IGrainFactory>()
            .UserData(UserId.New(Node.Clock.GetUtcNow()))
            .Import(
                new ImportedUser(
                    email,
                    EmailVerified: false,
                    new Secret(NodeAuth.Hash),
                    new Secret(Base32Encoding.ToString(secret)),
                    InsteadOf: null
                )
            );
        Assert.IsType<ImportResult.Imported>(answer);
        return (email, secret);
    }

    private string Code(byte[] secret) =>
        new Totp(secret).ComputeTotp(Node.Clock.GetUtcNow().UtcDateTime);
}
