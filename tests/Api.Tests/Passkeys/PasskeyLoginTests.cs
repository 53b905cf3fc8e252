using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Signing in with a passkey, and all that is refused.</summary>
public sealed class PasskeyLoginTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact(
        DisplayName = "S-14 Signing in with a passkey makes a new session and ends the one that this browser had"
    )]
    public async Task Signing_in_with_a_passkey_makes_a_new_session()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string address = await browser.RegisterWith(authenticator);
        string old = await browser.SessionId();

        using HttpResponseMessage login = await browser.LoginWith(authenticator);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(address, account.GetProperty("email").GetString());
        Assert.Equal(2, account.EnumerateObject().Count());
        Assert.NotEqual(old, await browser.SessionId());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(browser, old));
        JsonElement used = Assert.Single(await browser.Passkeys());
        Assert.Equal(JsonValueKind.String, used.GetProperty("lastUsedAt").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_session_outlives_the_browser_s_own_where_it_is_to(bool remember)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWith(authenticator);
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.LoginOptions);

        using HttpResponseMessage login = await browser.PostLogin(
            challenge,
            authenticator.Sign(options),
            remember
        );

        string refresh = login
            .Headers.GetValues("Set-Cookie")
            .Single(line => line.StartsWith("__Host-refreshToken=", StringComparison.Ordinal));
        Assert.Equal(remember, refresh.Contains("; Max-Age=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_passkey_that_does_not_count_signs_in_again_and_again()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        Ceremony how = new() { SignCount = 0 };
        await browser.Register(People.NewAddress());
        using HttpResponseMessage added = await browser.AddPasskey(authenticator, how);
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage login = await browser.LoginWith(authenticator, how);
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        }
    }

    [Theory(DisplayName = "S-35 An answer with anything wrong in it signs nobody in")]
    [MemberData(nameof(CeremonyFaults.All), MemberType = typeof(CeremonyFaults))]
    public async Task An_answer_with_anything_wrong_signs_nobody_in(string fault)
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);

        using HttpResponseMessage login = await browser.LoginWith(
            authenticator,
            CeremonyFaults.Of(fault)
        );

        await IsRefused(login, browser);
    }

    [Fact(
        DisplayName = "S-35 A signature that was altered, a count that went back, no user named: refused"
    )]
    public async Task What_no_authenticator_says_is_refused()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);
        Ceremony[] faults =
        [
            new() { Forged = true },
            new() { SignCount = 0 },
            new() { SignCount = 1 },
            new() { NamesNoUser = true },
            new() { UserHandle = "" },
            new() { UserHandle = "%" },
        ];
        foreach (Ceremony fault in faults)
        {
            using HttpResponseMessage login = await browser.LoginWith(authenticator, fault);
            await IsRefused(login, browser);
        }
    }

    [Theory(
        DisplayName = "S-35 A passkey that may be backed up where it could not before, or the other way round, is refused, and its owner is told"
    )]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_passkey_of_another_kind_is_refused_and_its_owner_is_told(bool eligible)
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.Register(People.NewAddress());
        using HttpResponseMessage added = await owner.AddPasskey(
            authenticator,
            new() { BackupEligible = eligible }
        );
        added.EnsureSuccessStatusCode();

        using HttpResponseMessage changed = await browser.LoginWith(
            authenticator,
            new() { BackupEligible = !eligible }
        );
        using HttpResponseMessage forged = await browser.LoginWith(
            authenticator,
            new() { BackupEligible = !eligible, Forged = true }
        );

        Assert.Equal(HttpStatusCode.Unauthorized, changed.StatusCode);
        Assert.Equal("passkey-changed", await Code(changed));
        Assert.Equal("passkey-refused", await Code(forged));
        Assert.False(await browser.IsSignedIn());
    }

    [Fact]
    public async Task A_passkey_may_be_backed_up_and_not_any_more()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewAddress());
        using HttpResponseMessage added = await browser.AddPasskey(
            authenticator,
            new() { BackupEligible = true }
        );
        foreach (bool backedUp in new[] { true, false, true })
        {
            using HttpResponseMessage login = await browser.LoginWith(
                authenticator,
                new() { BackupEligible = true, BackedUp = backedUp }
            );
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        }
    }

    private static async Task<string?> Code(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString();

    [Fact(DisplayName = "S-35 A challenge signs in once")]
    public async Task A_challenge_signs_in_once()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);
        (string challenge, JsonElement options) = await owner.Ask(PasskeyCalls.LoginOptions);
        using HttpResponseMessage once = await owner.PostLogin(
            challenge,
            authenticator.Sign(options)
        );
        Assert.Equal(HttpStatusCode.OK, once.StatusCode);

        using HttpResponseMessage twice = await browser.PostLogin(
            challenge,
            authenticator.Sign(options)
        );

        await IsRefused(twice, browser);
    }

    [Fact(
        DisplayName = "S-35 An answer that is not right uses nothing up: the challenge is its owner's still, and good once"
    )]
    public async Task An_answer_that_is_not_right_uses_nothing_up()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);
        (string challenge, JsonElement options) = await browser.Ask(PasskeyCalls.LoginOptions);
        using HttpResponseMessage wrong = await browser.PostLogin(
            challenge,
            authenticator.Sign(options, new() { Forged = true })
        );
        await IsRefused(wrong, browser);

        HttpResponseMessage[] right = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => browser.PostLogin(challenge, authenticator.Sign(options)))
        );

        Assert.Single(right, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(4, right.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized));
        foreach (HttpResponseMessage answer in right)
            answer.Dispose();
    }

    [Fact(
        DisplayName = "S-35 A challenge is good at a node that never gave it out, and once over all of them, whatever stops between"
    )]
    public async Task A_challenge_is_good_once_over_all_nodes()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        using SoftwareAuthenticator authenticator = new();
        (string Challenge, JsonElement Options) asked;
        await using (RunningNode first = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient owner = PasskeyNode.Browser(first);
            await owner.RegisterWith(authenticator);
            asked = await owner.Ask(PasskeyCalls.LoginOptions);
        }

        await using (RunningNode second = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient browser = PasskeyNode.Browser(second);
            using HttpResponseMessage once = await browser.PostLogin(
                asked.Challenge,
                authenticator.Sign(asked.Options)
            );
            Assert.Equal(HttpStatusCode.OK, once.StatusCode);
        }

        await using (RunningNode third = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient browser = PasskeyNode.Browser(third);
            using HttpResponseMessage twice = await browser.PostLogin(
                asked.Challenge,
                authenticator.Sign(asked.Options)
            );
            await IsRefused(twice, browser);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-35 A challenge is good for five minutes, for its purpose, and only if it is ours"
    )]
    public async Task A_challenge_is_good_for_five_minutes_and_its_purpose()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);
        (string adding, JsonElement addingOptions) = await owner.Ask(PasskeyCalls.AddOptions);
        (string late, JsonElement lateOptions) = await browser.Ask(PasskeyCalls.LoginOptions);
        (_, JsonElement options) = await browser.Ask(PasskeyCalls.LoginOptions);

        using HttpResponseMessage other = await browser.PostLogin(
            adding,
            authenticator.Sign(addingOptions)
        );
        passkeys.Node.Clock.Advance(TimeSpan.FromMinutes(5));
        using HttpResponseMessage tooLate = await browser.PostLogin(
            late,
            authenticator.Sign(lateOptions)
        );
        using HttpResponseMessage unknown = await browser.PostLogin(
            "AAAAAAAAAAAAAAAAAAAAAA",
            authenticator.Sign(options)
        );
        using HttpResponseMessage none = await browser.PostLogin(
            "../",
            authenticator.Sign(options)
        );

        foreach (HttpResponseMessage login in new[] { other, tooLate, unknown, none })
            await IsRefused(login, browser);
    }

    [Fact(DisplayName = "S-35 Another user's passkey is nobody else's, whatever it says")]
    public async Task Another_user_s_passkey_is_nobody_else_s()
    {
        using BrowserClient ada = passkeys.NewBrowser();
        using BrowserClient bob = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator adas = new();
        using SoftwareAuthenticator bobs = new();
        await ada.RegisterWith(adas);
        await bob.RegisterWith(bobs);
        (_, JsonElement options) = await ada.Ask(PasskeyCalls.AddOptions);
        string adaHandle = options.GetProperty("user").GetProperty("id").GetString()!;

        Ceremony[] faults =
        [
            new() { UserHandle = adaHandle },
            new() { Id = adas.Id },
            new() { UserHandle = adaHandle, Id = adas.Id },
        ];
        foreach (Ceremony fault in faults)
        {
            using HttpResponseMessage login = await browser.LoginWith(bobs, fault);
            await IsRefused(login, browser);
        }
    }

    [Fact(
        DisplayName = "S-35 S-36 A passkey of one's own, made with the id of another's, neither signs in as them nor proves their session"
    )]
    public async Task A_passkey_with_the_id_of_another_s_opens_nothing_of_theirs()
    {
        using BrowserClient ada = passkeys.NewBrowser();
        using BrowserClient bob = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator adas = new();
        using SoftwareAuthenticator bobs = new(adas.RawId);
        await ada.RegisterWith(adas);
        string bobsAddress = await bob.RegisterWith(bobs);

        using HttpResponseMessage login = await browser.LoginWith(bobs);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(bobsAddress, account.GetProperty("email").GetString());

        using HttpResponseMessage stepUp = await ada.StepUpWith(bobs);
        await Problem.Is(stepUp, HttpStatusCode.Unauthorized, "passkey-refused");
        using HttpResponseMessage own = await ada.StepUpWith(adas);
        Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
    }

    [Fact]
    public async Task A_passkey_that_was_removed_signs_nobody_in()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWith(authenticator);
        using HttpResponseMessage removed = await owner.Delete("/passkeys/" + authenticator.Id);
        using HttpResponseMessage login = await browser.LoginWith(authenticator);
        await IsRefused(login, browser);
    }

    [Fact(DisplayName = "S-50 No credential makes signing in fail inside")]
    public async Task No_credential_makes_signing_in_fail_inside()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        JsonNode?[] credentials =
        [
            null,
            JsonValue.Create(7),
            new JsonArray(),
            new JsonObject(),
            new JsonObject
            {
                ["id"] = "AAAA",
                ["rawId"] = "AAAA",
                ["response"] = new JsonArray(),
            },
        ];
        foreach (JsonNode? credential in credentials)
        {
            (string challenge, _) = await browser.Ask(PasskeyCalls.LoginOptions);
            using HttpResponseMessage login = await browser.PostLogin(challenge, credential!);
            await IsRefused(login, browser);
        }
    }

    [Theory(
        DisplayName = "S-20 When storage is away a good passkey is answered 503, never refused"
    )]
    [InlineData("ListPasskeys")]
    [InlineData("SignInWithPasskey")]
    public async Task When_storage_is_away_a_good_passkey_is_not_refused(string method)
    {
        FaultyCalls faults = new() { Only = method };
        await using RunningNode node = await PasskeyNode.Start(faults: faults);
        using BrowserClient browser = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWith(authenticator);

        faults.Throw = () => new StorageUnavailableException("secret-inner-detail");
        using HttpResponseMessage login = await browser.LoginWith(authenticator);
        faults.Throw = null;

        await Problem.Is(login, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-65 A passkey that is refused leaves a line, with nothing in it that was sent"
    )]
    public async Task A_passkey_that_is_refused_leaves_a_line()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWith(authenticator);
        using HttpResponseMessage login = await browser.LoginWith(
            authenticator,
            new() { Origin = "https://canary-origin.example" }
        );
        Assert.Contains(
            passkeys.Node.Log.Lines,
            line =>
                line.Contains(
                    "Refused: passkey-refused at POST /login/passkey, user ",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain(
            passkeys.Node.Log.Lines,
            line => line.Contains("canary-origin", StringComparison.Ordinal)
        );
    }

    private static async Task IsRefused(HttpResponseMessage login, BrowserClient browser)
    {
        await Problem.Is(login, HttpStatusCode.Unauthorized, "passkey-refused");
        Assert.False(login.Headers.Contains("Set-Cookie"));
        Assert.Empty(browser.Cookies);
    }
}
