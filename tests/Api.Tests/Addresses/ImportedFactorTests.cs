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

namespace SessionAuth.Api.Tests.Addresses;

/// <summary>Somebody was brought in with an authenticator app, and an address that nobody had verified.</summary>
public sealed class ImportedFactorTests(OwnNode own) : IClassFixture<OwnNode>
{
    private const string New = "the owner's own words";

    private RunningNode Node => own.Node;

    [Fact(
        DisplayName = "S-32 An imported second factor is asked for after a reset as the first proof"
    )]
    public async Task An_imported_second_factor_is_asked_for_after_a_reset()
    {
        (string address, byte[] secret) = await Imported();
        using BrowserClient browser = Node.NewBrowser();

        await Reset(browser, address);

        await AsksForTheCode(browser, address, secret);
    }

    [Fact(
        DisplayName = "S-32 An imported second factor is asked for after the account was started over"
    )]
    public async Task An_imported_second_factor_is_asked_for_after_starting_over()
    {
        (string address, byte[] secret) = await Imported();
        using BrowserClient first = Node.NewBrowser();
        await first.Login(address, NodeAuth.Password).Answered(HttpStatusCode.OK);
        await first
            .Post("/login/second-factor", new { code = Code(secret) })
            .Answered(HttpStatusCode.OK);
        await first.Post("/email/verification").Answered(HttpStatusCode.Accepted);
        string token = await Node.Token(address, Mailbox.Verify);
        using BrowserClient browser = Node.NewBrowser();

        await browser
            .Post("/email/verification/confirm", new { token, startOver = true })
            .Answered(HttpStatusCode.OK);
        await Reset(browser, address);

        Assert.False(await first.IsSignedIn());
        await AsksForTheCode(browser, address, secret);
    }

    private async Task AsksForTheCode(BrowserClient browser, string address, byte[] secret)
    {
        JsonElement login = await browser.Login(address, New).Answered(HttpStatusCode.OK);
        Assert.Equal("second-factor", login.GetProperty("next").GetString());
        Assert.False(await browser.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(1));
        await browser
            .Post("/login/second-factor", new { code = Code(secret) })
            .Answered(HttpStatusCode.OK);
        Assert.True((await browser.Me()).GetProperty("emailVerified").GetBoolean());
    }

    private async Task Reset(BrowserClient browser, string address)
    {
        await browser
            .Post("/password/forgot", new { email = address })
            .Answered(HttpStatusCode.Accepted);
        await browser
            .Post(
                "/password/reset",
                new { token = await Node.Token(address, Mailbox.Reset), password = New }
            )
            .Answered(HttpStatusCode.NoContent);
    }

    private async Task<(string Address, byte[] Secret)> Imported()
    {
        string address = People.NewAddress();
        byte[] secret = KeyGeneration.GenerateRandomKey(20);
        ImportResult answer = await Node
            .Services.GetRequiredService<IGrainFactory>()
            .UserData(UserId.New(Node.Clock.GetUtcNow()))
            .Import(
                new ImportedUser(
                    address,
                    EmailVerified: false,
                    new Secret(NodeAuth.Hash),
                    new Secret(Base32Encoding.ToString(secret)),
                    InsteadOf: null
                )
            );
        Assert.IsType<ImportResult.Imported>(answer);
        return (address, secret);
    }

    private string Code(byte[] secret) =>
        new Totp(secret).ComputeTotp(Node.Clock.GetUtcNow().UtcDateTime);
}
