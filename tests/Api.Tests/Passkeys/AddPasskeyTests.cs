using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Adding a passkey: what is asked, what is accepted, and what it ends.</summary>
public sealed class AddPasskeyTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact]
    public async Task An_authenticator_is_asked_for_a_passkey_of_this_user_and_domain()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator first = new();
        string address = await browser.RegisterWith(first);

        (_, JsonElement options) = await browser.Ask(PasskeyCalls.AddOptions);

        Assert.Equal(PasskeyNode.Domain, options.GetProperty("rp").GetProperty("id").GetString());
        JsonElement user = options.GetProperty("user");
        Assert.Equal(address, user.GetProperty("name").GetString());
        Assert.Equal(address, user.GetProperty("displayName").GetString());
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
    public async Task A_passkey_that_was_added_is_listed_and_can_be_removed()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());

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
        DisplayName = "S-23 Adding or removing a passkey ends all other sessions, and no token from before is good"
    )]
    public async Task Adding_or_removing_a_passkey_ends_all_other_sessions()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using BrowserClient other = passkeys.NewBrowser();
        using BrowserClient thief = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string address = People.NewAddress();
        await browser.Register(address);
        await other.Login(address);
        string ended = await other.SessionId();
        thief.Cookies["__Host-accessToken"] = browser.Cookies["__Host-accessToken"];
        Assert.True(await thief.IsSignedIn());

        using HttpResponseMessage added = await browser.AddPasskey(authenticator);

        Assert.True(await browser.IsSignedIn());
        Assert.False(await other.IsSignedIn());
        Assert.False(await thief.IsSignedIn());
        Assert.Equal("factor-changed", await DeviceListing.Reason(browser, ended));

        await other.Login(address);
        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        Assert.True(await browser.IsSignedIn());
        Assert.False(await other.IsSignedIn());
    }

    [Theory(DisplayName = "S-35 An answer with anything wrong in it adds no passkey")]
    [MemberData(nameof(CeremonyFaults.All), MemberType = typeof(CeremonyFaults))]
    public async Task An_answer_with_anything_wrong_adds_no_passkey(string fault)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());

        using HttpResponseMessage added = await browser.AddPasskey(
            authenticator,
            CeremonyFaults.Of(fault)
        );

        await IsNotAccepted(added, browser);
    }

    [Fact(DisplayName = "S-35 A challenge adds one passkey, not two")]
    public async Task A_challenge_adds_one_passkey()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator first = new();
        using SoftwareAuthenticator second = new();
        await browser.Register(People.NewAddress());
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.AddOptions);

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

    [Fact(
        DisplayName = "S-35 A challenge is good for the session that asked, and for adding alone"
    )]
    public async Task A_challenge_is_good_for_the_session_that_asked()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using BrowserClient elsewhere = passkeys.NewBrowser();
        using BrowserClient stranger = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string address = People.NewAddress();
        await browser.Register(address);
        await elsewhere.Login(address);
        await stranger.Register(People.NewAddress());
        (_, JsonElement own) = await browser.Ask(PasskeyCalls.AddOptions);

        foreach (BrowserClient other in new[] { elsewhere, stranger })
        {
            (string theirs, JsonElement options) = await other.Ask(PasskeyCalls.AddOptions);
            using HttpResponseMessage added = await browser.PostPasskey(
                theirs,
                authenticator.Create(options)
            );
            await IsNotAccepted(added, browser);
        }

        (string login, JsonElement asked) = await browser.Ask(PasskeyCalls.LoginOptions);
        JsonObject answer = authenticator.Create(
            own,
            new() { Challenge = asked.GetProperty("challenge").GetString() }
        );
        using HttpResponseMessage with = await browser.PostPasskey(login, answer);
        await IsNotAccepted(with, browser);
    }

    [Fact(DisplayName = "S-35 A challenge is good for five minutes")]
    public async Task A_challenge_is_good_for_five_minutes()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.AddOptions);

        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(5));

        using HttpResponseMessage added = await browser.PostPasskey(
            challenge,
            authenticator.Create(options)
        );
        await IsNotAccepted(added, browser);
    }

    [Fact]
    public async Task The_same_passkey_is_not_added_twice()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWith(authenticator);
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
    public async Task A_name_is_1_to_64_characters_on_one_line(string name)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());
        using HttpResponseMessage added = await browser.AddPasskey(authenticator, name: name);
        await Problem.NamesField(added, "name");
    }

    [Fact(
        DisplayName = "S-36 Adding and removing need a proof younger than ten minutes, which a passkey gives"
    )]
    public async Task Adding_and_removing_need_a_fresh_proof()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWith(authenticator);
        using SoftwareAuthenticator second = new();
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(8));
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.AddOptions);
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(3));

        using HttpResponseMessage asked = await browser.Post(PasskeyCalls.AddOptions);
        using HttpResponseMessage added = await browser.PostPasskey(
            challenge,
            second.Create(options)
        );
        using HttpResponseMessage removed = await browser.Delete("/passkeys/" + authenticator.Id);
        foreach (HttpResponseMessage answer in new[] { asked, added, removed })
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

    [Theory(DisplayName = "S-50 No credential makes adding fail inside")]
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
    public async Task No_credential_makes_adding_fail_inside(string credential)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        await browser.Register(People.NewAddress());
        (string challenge, _) = await browser.Ask(PasskeyCalls.AddOptions);

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
    public async Task A_credential_of_unreasonable_size_is_not_accepted()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.AddOptions);
        JsonObject credential = authenticator.Create(options);
        credential["padding"] = new string('x', 16 * 1024);
        using HttpResponseMessage added = await browser.PostPasskey(challenge, credential);
        await IsNotAccepted(added, browser);
    }

    private static async Task IsNotAccepted(HttpResponseMessage added, BrowserClient browser)
    {
        await Problem.Is(added, HttpStatusCode.BadRequest, "passkey-not-accepted");
        Assert.Empty(await browser.Passkeys());
    }
}
