using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using SessionAuth.Api.Tests.Running;
using SessionAuth.OpenId.Tests.Running;

namespace SessionAuth.OpenId.Tests;

/// <summary>Sign-out by applications.</summary>
[Collection(ProviderTests.Name)]
public sealed class LogoutTests(Provider provider)
{
    [Fact(DisplayName = "S-74 An identity token of this session signs out at once, and leads back")]
    public async Task Identity_token_of_this_session_signs_out()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);

        using HttpResponseMessage answer = await browser.Get(
            Path(
                ("id_token_hint", tokens.Identity!),
                ("post_logout_redirect_uri", provider.Shop.SignedOutUri),
                ("state", "abc")
            )
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal(
            provider.Shop.SignedOutUri + "?state=abc",
            answer.Headers.Location!.OriginalString
        );
        Assert.Null(browser.RefreshToken);
        Assert.False(await browser.IsSignedIn());
        Assert.False(await shop.IsActive(tokens.Access));
    }

    [Fact(DisplayName = "S-74 An expired identity token is still a hint")]
    public async Task Expired_identity_token_is_still_a_hint()
    {
        await using RunningNode node = await RunningNode.Start();
        TestApplication application = TestApplication.Confidential("shop");
        await Provider.Register(node, application);
        (BrowserClient browser, string _) = await node.NewUser();
        using ApplicationClient shop = new(node.Url, application);
        TokenSet tokens = await shop.SignIn(browser);
        node.Clock.Advance(TimeSpan.FromDays(3));
        await Provider.Refresh(node);

        using HttpResponseMessage answer = await browser.Get(
            Path(("id_token_hint", tokens.Identity!))
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-74 Without a hint, or with a foreign one, a page asks and nobody is signed out"
    )]
    public async Task Page_asks_without_a_hint_of_this_session()
    {
        using BrowserClient browser = await provider.SignedIn();
        using BrowserClient other = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet ofOther = await shop.SignIn(other);
        TokenSet own = await shop.SignIn(browser);

        string sealedRequest = await browser
            .Get(
                Path(
                    ("client_id", "shop"),
                    ("post_logout_redirect_uri", provider.Shop.SignedOutUri)
                )
            )
            .LeadsTo("/sign-out");
        await browser.Get("/oauth/logout").LeadsTo("/sign-out");
        await browser.Get(Path(("id_token_hint", ofOther.Identity!))).LeadsTo("/sign-out");
        await browser.Get(Path(("id_token_hint", own.Access))).LeadsTo("/sign-out");
        await browser.Get(Path(("id_token_hint", "nonsense"))).LeadsTo("/sign-out");
        Assert.True(await browser.IsSignedIn());

        await browser.Post("/logout").Answered(HttpStatusCode.NoContent);
        using HttpResponseMessage answer = await browser.Get(
            $"/oauth/logout?resume={sealedRequest}"
        );
        Assert.Equal(provider.Shop.SignedOutUri, answer.Headers.Location!.OriginalString);
    }

    [Theory(
        DisplayName = "S-74 An address that is not exactly the client's own gets a page, and nobody is signed out"
    )]
    [InlineData("shop", "https://shop.example.com/bye/")]
    [InlineData("shop", "https://shop.example.com/bye?x=1")]
    [InlineData("shop", "https://evil.example/bye")]
    [InlineData("shop", "https://wiki.example.com/bye")]
    [InlineData("shop", "https://shop.example.com/callback")]
    [InlineData("wiki", "https://shop.example.com/bye")]
    [InlineData(null, "https://evil.example/bye")]
    [InlineData(null, "javascript:alert(1)")]
    public async Task Other_address_gets_a_page(string? client, string address)
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);

        await browser
            .Get(
                Path(
                    ("id_token_hint", tokens.Identity!),
                    ("client_id", client),
                    ("post_logout_redirect_uri", address)
                )
            )
            .IsPage();

        Assert.True(await browser.IsSignedIn());
    }

    [Fact(DisplayName = "S-74 An address without its client gets a page")]
    public async Task Address_without_its_client_gets_a_page()
    {
        using BrowserClient browser = await provider.SignedIn();

        await browser.Get(Path(("post_logout_redirect_uri", provider.Shop.SignedOutUri))).IsPage();
    }

    [Fact(DisplayName = "S-74 A posted sign-out is sent on by 303, with cookies then")]
    public async Task Posted_sign_out_is_sent_on()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet tokens = await shop.SignIn(browser);
        using HttpRequestMessage post = new(HttpMethod.Post, "/oauth/logout")
        {
            Content = new FormUrlEncodedContent(
                new Dictionary<string, string> { ["id_token_hint"] = tokens.Identity! }
            ),
        };

        using HttpResponseMessage answer = await browser.Send(post);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.True(await browser.IsSignedIn());
        using HttpResponseMessage resumed = await browser.Get(
            answer.Headers.Location!.OriginalString
        );
        Assert.Equal(HttpStatusCode.Found, resumed.StatusCode);
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Sign_out_ends_the_applications_part_alone_where_its_entry_says_so()
    {
        using BrowserClient browser = await provider.SignedIn();
        using ApplicationClient notes = provider.Client(provider.Notes);
        using ApplicationClient shop = provider.Client(provider.Shop);
        TokenSet ofNotes = await notes.SignIn(browser);
        TokenSet ofShop = await shop.SignIn(browser);

        using HttpResponseMessage answer = await browser.Get(
            Path(("id_token_hint", ofNotes.Identity!))
        );

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.False(await notes.IsActive(ofNotes.Access));
        Assert.True(await shop.IsActive(ofShop.Access));
        Assert.True(await browser.IsSignedIn());
    }

    [Fact]
    public async Task Browser_that_is_not_signed_in_goes_back_at_once()
    {
        using BrowserClient browser = provider.Node.NewBrowser();

        using HttpResponseMessage answer = await browser.Get(
            Path(("client_id", "shop"), ("post_logout_redirect_uri", provider.Shop.SignedOutUri))
        );

        Assert.Equal(provider.Shop.SignedOutUri, answer.Headers.Location!.OriginalString);
    }

    private static string Path(params (string Name, string? Value)[] parameters) =>
        QueryHelpers.AddQueryString(
            "/oauth/logout",
            parameters
                .Where(parameter => parameter.Value is not null)
                .Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value))
        );
}
