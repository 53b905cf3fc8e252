using System.Net;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>Authorization codes: once, soon, and by the client that they were issued for alone.</summary>
[Collection(ProviderTests.Name)]
public sealed class CodeTests(Provider provider)
{
    [Fact(DisplayName = "S-70 A second use of a code is refused, and ends what the first has made")]
    public async Task Second_use_ends_what_the_first_has_made()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);
        TokenSet tokens = TokenSet.Of(await shop.Redeem(code).Answered(HttpStatusCode.OK));
        Assert.True(await shop.IsActive(tokens.Access));

        await shop.Redeem(code).Fails("invalid_grant");

        Assert.False(await shop.IsActive(tokens.Access));
        await shop.Refresh(tokens.Refresh!).Fails("invalid_grant");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-70 Of parallel redemptions of a code, one succeeds at most")]
    public async Task One_of_parallel_redemptions_succeeds_at_most()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);

        HttpResponseMessage[] answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => shop.Redeem(code))
        );

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
    }

    [Fact(DisplayName = "S-70 A code that is older than a minute is refused")]
    public async Task Late_code_is_refused()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);

        await provider.Advance(TimeSpan.FromSeconds(61));

        await shop.Redeem(code).Fails("invalid_grant");
    }

    [Theory(
        DisplayName = "S-70 A code with another client, address or verifier does no harm, and the right one works afterwards"
    )]
    [InlineData("code_verifier", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "invalid_grant")]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("redirect_uri", "https://shop.example.com/other", "invalid_grant")]
    [InlineData("redirect_uri", "https://shop.example.com/callback/", "invalid_grant")]
    [InlineData("redirect_uri", null, "invalid_request")]
    public async Task Code_survives_a_wrong_redemption(string name, string? value, string error)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);

        await shop.Redeem(code, (name, value)).Fails(error);

        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "S-70 A code is refused at another client, and then works at its own")]
    public async Task Code_of_another_client_is_refused()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        using ApplicationClient wiki = provider.Client(provider.Wiki);
        string code = await shop.Code(browser);

        await wiki.Redeem(
                code,
                ("redirect_uri", provider.Shop.RedirectUri),
                ("code_verifier", shop.Verifier)
            )
            .Fails("invalid_grant");

        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }

    [Theory(DisplayName = "S-70 A request without PKCE, or with plain, is refused")]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("code_challenge", "short")]
    public async Task Request_without_challenge_is_refused(string name, string? value)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);

        await browser.Get(shop.AuthorizePath((name, value))).IsPage();
    }

    [Fact(DisplayName = "S-70 An altered code is refused")]
    public async Task Altered_code_is_refused()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);
        char other = code[^5] == 'A' ? 'B' : 'A';

        await shop.Redeem(code[..^5] + other + code[^4..]).Fails("invalid_grant");
        await shop.Redeem(code + "A").Fails("invalid_grant");
        await shop.Redeem("nonsense").Fails("invalid_grant");
        await shop.Redeem(new string('A', 5_000)).Fails("invalid_grant");

        await shop.Redeem(code).Answered(HttpStatusCode.OK);
    }

    [Fact(DisplayName = "S-70 A code of a session that has ended is refused")]
    public async Task Code_of_an_ended_session_is_refused()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        string code = await shop.Code(browser);

        await browser.Post("/logout").Answered(HttpStatusCode.NoContent);

        await shop.Redeem(code).Fails("invalid_grant");
    }

    [Fact]
    public async Task Client_that_may_leave_out_PKCE_has_to_send_a_nonce()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient legacy = provider.Client(provider.Legacy);
        (string, string?)[] withoutPkce =
        [
            ("code_challenge", null),
            ("code_challenge_method", null),
        ];

        await browser.Get(legacy.AuthorizePath([.. withoutPkce, ("nonce", null)])).IsPage();

        string code = await legacy.Code(browser, withoutPkce);
        await legacy.Redeem(code, ("code_verifier", null)).Answered(HttpStatusCode.OK);
    }
}
