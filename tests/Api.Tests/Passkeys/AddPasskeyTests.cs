using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Adding passkeys: the options, what is accepted, and which sessions end.</summary>
public sealed class AddPasskeyTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact]
    public async Task Options_ask_for_a_passkey_of_this_user_and_domain()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator first = new();
        string email = await browser.RegisterWithPasskey(first);

        (_, JsonElement options) = await browser.RequestOptions(PasskeyCalls.AddOptions);

        Assert.Equal(PasskeyNode.Domain, options.GetProperty("rp").GetProperty("id").GetString());
        JsonElement user = options.GetProperty("user");
        Assert.Equal(email, user.GetProperty("name").GetString());
        Assert.Equal(email, user.GetProperty("displayName").GetString());
        JsonElement wanted = options.GetProperty("authenticatorSelection");
        Assert.Equal("required", wanted.GetProperty("userVerification").GetString());
        Assert.Equal("required", wanted.GetProperty("residentKey").GetString());
        Assert.Equal("none", options.GetProperty("attestation").GetString());
        JsonElement known = Assert.Single(
            options.GetProperty("excludeCredentials").EnumerateArray()
        );
        Assert.Equal(first.Id, known.GetProperty("id").GetString());
        Assert.Equal(
            ["hybrid", "internal"],
            known.GetProperty("transports").EnumerateArray().Select(one => one.GetString()).Order()
        );
    }

    [Fact]
    public async Task Added_passkey_is_listed_and_can_be_removed()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());

        using HttpResponseMessage added = await browser.AddPasskey(
            authenticator,
            new() { BackupEligible = true, BackedUp = true },
            name: "  My phone 📱 "
        );

        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        JsonElement answer = await added.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement listed = Assert.Single(await browser.Passkeys());
        Assert.Equal(answer.GetRawText(), listed.GetRawText());
        Assert.Equal(authenticator.Id, listed.GetProperty("id").GetString());
        Assert.Equal("My phone 📱", listed.GetProperty("name").GetString());
        Assert.Equal(JsonValueKind.Null, listed.GetProperty("lastUsedAt").ValueKind);
        Assert.True(listed.GetProperty("synced").GetBoolean());

        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        Assert.Empty(await browser.Passkeys());
        using HttpResponseMessage again = await browser.Delete("/passkeys/" + authenticator.Id);
        await Problem.Is(again, HttpStatusCode.NotFound, "passkey-not-found");
    }

    [Fact(
        DisplayName = "S-23 Adding or removing a passkey ends all other sessions and invalidates earlier tokens"
    )]
    public async Task Adding_or_removing_a_passkey_ends_all_other_sessions()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using BrowserClient other = passkeys.NewBrowser();
        using BrowserClient attacker = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string email = People.NewEmail();
        await browser.Register(email);
        await other.Login(email);
        string ended = await other.SessionId();
        attacker.Cookies["__Host-accessToken"] = browser.Cookies["__Host-accessToken"];
        Assert.True(await attacker.IsSignedIn());

        using HttpResponseMessage added = await browser.AddPasskey(authenticator);

        Assert.True(await browser.IsSignedIn());
        Assert.False(await other.IsSignedIn());
        Assert.False(await attacker.IsSignedIn());
        Assert.Equal("factor-changed", await DeviceListing.Reason(browser, ended));

        await other.Login(email);
        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        Assert.True(await browser.IsSignedIn());
        Assert.False(await other.IsSignedIn());
    }

    [Theory(DisplayName = "S-35 A registration response with any fault adds no passkey")]
    [MemberData(nameof(CeremonyFaults.All), MemberType = typeof(CeremonyFaults))]
    public async Task Registration_response_with_any_fault_adds_no_passkey(string fault)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());

        using HttpResponseMessage added = await browser.AddPasskey(
            authenticator,
            CeremonyFaults.Of(fault)
        );

        await AssertNotAccepted(added, browser);
    }

    [Fact(DisplayName = "S-35 A challenge adds one passkey only")]
    public async Task Challenge_adds_one_passkey_only()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator first = new();
        using SoftwareAuthenticator second = new();
        await browser.Register(People.NewEmail());
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.AddOptions
        );

        using HttpResponseMessage once = await browser.PostPasskey(
            challenge,
            first.Create(options)
        );
        using HttpResponseMessage twice = await browser.PostPasskey(
            challenge,
            second.Create(options)
        );

        Assert.Equal(HttpStatusCode.Created, once.StatusCode);
        await Problem.Is(twice, HttpStatusCode.BadRequest, "passkey-not-accepted");
        Assert.Single(await browser.Passkeys());
    }

    [Fact(DisplayName = "S-35 A challenge for adding works for its own session and purpose only")]
    public async Task Challenge_works_for_its_own_session_and_purpose_only()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using BrowserClient otherSession = passkeys.NewBrowser();
        using BrowserClient otherUser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string email = People.NewEmail();
        await browser.Register(email);
        await otherSession.Login(email);
        await otherUser.Register(People.NewEmail());
        (_, JsonElement own) = await browser.RequestOptions(PasskeyCalls.AddOptions);

        foreach (BrowserClient other in new[] { otherSession, otherUser })
        {
            (string theirs, JsonElement options) = await other.RequestOptions(
                PasskeyCalls.AddOptions
            );
            using HttpResponseMessage added = await browser.PostPasskey(
                theirs,
                authenticator.Create(options)
            );
            await AssertNotAccepted(added, browser);
        }

        (string login, JsonElement loginOptions) = await browser.RequestOptions(
            PasskeyCalls.LoginOptions
        );
        JsonObject answer = authenticator.Create(
            own,
            new() { Challenge = loginOptions.GetProperty("challenge").GetString() }
        );
        using HttpResponseMessage with = await browser.PostPasskey(login, answer);
        await AssertNotAccepted(with, browser);
    }

    [Fact(DisplayName = "S-35 A challenge for adding is valid for five minutes")]
    public async Task Challenge_for_adding_is_valid_for_five_minutes()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.AddOptions
        );

        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(5));

        using HttpResponseMessage added = await browser.PostPasskey(
            challenge,
            authenticator.Create(options)
        );
        await AssertNotAccepted(added, browser);
    }

    [Fact]
    public async Task Passkey_that_is_already_added_is_not_added_again()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWithPasskey(authenticator);
        using HttpResponseMessage again = await browser.AddPasskey(authenticator);
        await Problem.Is(again, HttpStatusCode.BadRequest, "passkey-not-accepted");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("two\nlines")]
    [InlineData("a\0b")]
    [InlineData("a\u2028b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task Name_of_a_passkey_has_1_to_64_characters_on_one_line(string name)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());
        using HttpResponseMessage added = await browser.AddPasskey(authenticator, name: name);
        await Problem.NamesField(added, "name");
    }

    [Fact(
        DisplayName = "S-36 Adding and removing passkeys need a recent authentication, which a passkey can provide"
    )]
    public async Task Adding_and_removing_need_a_recent_authentication()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWithPasskey(authenticator);
        using SoftwareAuthenticator second = new();
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(8));
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.AddOptions
        );
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(3));

        using HttpResponseMessage refusedOptions = await browser.Post(PasskeyCalls.AddOptions);
        using HttpResponseMessage added = await browser.PostPasskey(
            challenge,
            second.Create(options)
        );
        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        foreach (HttpResponseMessage answer in new[] { refusedOptions, added, removed })
        {
            JsonElement problem = await Problem.Is(
                answer,
                HttpStatusCode.Forbidden,
                "step-up-required"
            );
            Assert.Equal(
                """[["password"],["passkey"]]""",
                problem.GetProperty("accepts").GetRawText()
            );
        }

        using HttpResponseMessage proved = await browser.StepUpWith(authenticator);
        Assert.Equal(HttpStatusCode.NoContent, proved.StatusCode);
        using HttpResponseMessage now = await browser.AddPasskey(second);
        Assert.Equal(HttpStatusCode.Created, now.StatusCode);
    }

    [Theory(DisplayName = "S-50 No malformed credential causes an internal error when added")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id":"AAAA","rawId":"AAAA"}""")]
    [InlineData(
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":7}"""
    )]
    [InlineData("""{"id":"\ud83d","rawId":"\ud83d"}""")]
    [InlineData("""{"\ud83d":"a","id":"AAAA","rawId":"AAAA"}""")]
    [InlineData(
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"%","attestationObject":"AAAA"}}"""
    )]
    [InlineData(
        """{"id":"AAAA","rawId":"AAAA","type":"public-key","clientExtensionResults":{},"response":{"clientDataJSON":"e30","attestationObject":"o2N_"}}"""
    )]
    [InlineData("""{"id":"AAAA","id":"AAAA","rawId":"AAAA"}""")]
    [InlineData("""{"a":{"b":{"c":{"d":{"e":{"f":{"g":{"h":1}}}}}}}}""")]
    public async Task Malformed_credential_causes_no_internal_error_when_added(string credential)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        await browser.Register(People.NewEmail());
        (string challenge, _) = await browser.RequestOptions(PasskeyCalls.AddOptions);

        using HttpRequestMessage request = new(HttpMethod.Post, "/passkeys")
        {
            Content = new StringContent(
                $$"""{"challenge":"{{challenge}}","name":"Laptop","credential":{{credential}}}""",
                Encoding.UTF8,
                "application/json"
            ),
        };
        using HttpResponseMessage added = await browser.Send(request);

        Assert.Equal(HttpStatusCode.BadRequest, added.StatusCode);
        Assert.Equal("application/problem+json", added.Content.Headers.ContentType?.ToString());
        Assert.Empty(await browser.Passkeys());
    }

    [Fact]
    public async Task Credential_that_is_too_large_is_refused()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.AddOptions
        );
        JsonObject credential = authenticator.Create(options);
        credential["padding"] = new string('x', 16 * 1024);
        using HttpResponseMessage added = await browser.PostPasskey(challenge, credential);
        await AssertNotAccepted(added, browser);
    }

    private static async Task AssertNotAccepted(HttpResponseMessage added, BrowserClient browser)
    {
        await Problem.Is(added, HttpStatusCode.BadRequest, "passkey-not-accepted");
        Assert.Empty(await browser.Passkeys());
    }
}
