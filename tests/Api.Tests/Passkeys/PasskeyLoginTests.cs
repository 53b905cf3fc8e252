using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Passkeys;

/// <summary>Sign-in with passkeys, and responses that are refused.</summary>
public sealed class PasskeyLoginTests(PasskeyNode passkeys) : IClassFixture<PasskeyNode>
{
    [Fact(
        DisplayName = "S-14 A passkey sign-in makes a new session and ends the previous one of the browser"
    )]
    public async Task Passkey_sign_in_makes_a_new_session_and_ends_the_previous_one()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        string email = await browser.RegisterWithPasskey(authenticator);
        string old = await browser.SessionId();

        using HttpResponseMessage login = await browser.LoginWith(authenticator);

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(email, account.GetProperty("email").GetString());
        Assert.Equal(2, account.EnumerateObject().Count());
        Assert.NotEqual(old, await browser.SessionId());
        Assert.Equal("signed-in-again", await DeviceListing.Reason(browser, old));
        JsonElement used = Assert.Single(await browser.Passkeys());
        Assert.Equal(JsonValueKind.String, used.GetProperty("lastUsedAt").ValueKind);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Session_ends_with_the_browser_unless_it_is_remembered(bool remember)
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWithPasskey(authenticator);
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.LoginOptions
        );

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
    public async Task Passkey_without_a_signature_counter_signs_in_repeatedly()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        Ceremony behavior = new() { SignCount = 0 };
        await browser.Register(People.NewEmail());
        using HttpResponseMessage added = await browser.AddPasskey(authenticator, behavior);
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage login = await browser.LoginWith(authenticator, behavior);
            Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        }
    }

    [Theory(DisplayName = "S-35 A sign-in response with any fault is refused")]
    [MemberData(nameof(CeremonyFaults.All), MemberType = typeof(CeremonyFaults))]
    public async Task Sign_in_response_with_any_fault_is_refused(string fault)
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);

        using HttpResponseMessage login = await browser.LoginWith(
            authenticator,
            CeremonyFaults.Of(fault)
        );

        await AssertRefused(login, browser);
    }

    [Fact(
        DisplayName = "S-35 A sign-in response with an altered signature, a lower counter or no user handle is refused"
    )]
    public async Task Response_that_no_authenticator_gives_is_refused()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);
        Ceremony[] faults =
        [
            new() { Forged = true },
            new() { SignCount = 0 },
            new() { SignCount = 1 },
            new() { OmitsUserHandle = true },
            new() { UserHandle = "" },
            new() { UserHandle = "%" },
        ];
        foreach (Ceremony fault in faults)
        {
            using HttpResponseMessage login = await browser.LoginWith(authenticator, fault);
            await AssertRefused(login, browser);
        }
    }

    [Theory(
        DisplayName = "S-35 A passkey whose backup eligibility has changed is refused, and a valid signature is answered with the reason"
    )]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Passkey_whose_backup_eligibility_has_changed_is_refused(bool eligible)
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.Register(People.NewEmail());
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
    public async Task Passkey_may_be_backed_up_and_then_not_any_more()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.Register(People.NewEmail());
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
    public async Task Challenge_signs_in_once()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);
        (string challenge, JsonElement options) = await owner.RequestOptions(
            PasskeyCalls.LoginOptions
        );
        using HttpResponseMessage once = await owner.PostLogin(
            challenge,
            authenticator.Sign(options)
        );
        Assert.Equal(HttpStatusCode.OK, once.StatusCode);

        using HttpResponseMessage twice = await browser.PostLogin(
            challenge,
            authenticator.Sign(options)
        );

        await AssertRefused(twice, browser);
    }

    [Fact(
        DisplayName = "S-35 A wrong response does not use the challenge up: its owner can still sign in with it, once"
    )]
    public async Task Wrong_response_does_not_use_the_challenge_up()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);
        (string challenge, JsonElement options) = await browser.RequestOptions(
            PasskeyCalls.LoginOptions
        );
        using HttpResponseMessage wrong = await browser.PostLogin(
            challenge,
            authenticator.Sign(options, new() { Forged = true })
        );
        await AssertRefused(wrong, browser);

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
        DisplayName = "S-35 A challenge works at a node that did not issue it, and once at all nodes together, across restarts"
    )]
    public async Task Challenge_works_once_at_all_nodes_together()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        using SoftwareAuthenticator authenticator = new();
        (string Challenge, JsonElement Options) issued;
        await using (RunningNode first = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient owner = PasskeyNode.Browser(first);
            await owner.RegisterWithPasskey(authenticator);
            issued = await owner.RequestOptions(PasskeyCalls.LoginOptions);
        }

        await using (RunningNode second = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient browser = PasskeyNode.Browser(second);
            using HttpResponseMessage once = await browser.PostLogin(
                issued.Challenge,
                authenticator.Sign(issued.Options)
            );
            Assert.Equal(HttpStatusCode.OK, once.StatusCode);
        }

        await using (RunningNode third = await PasskeyNode.Start(directory: directory))
        {
            using BrowserClient browser = PasskeyNode.Browser(third);
            using HttpResponseMessage twice = await browser.PostLogin(
                issued.Challenge,
                authenticator.Sign(issued.Options)
            );
            await AssertRefused(twice, browser);
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact(
        DisplayName = "S-35 A challenge is valid for five minutes, for its purpose, and only if this server issued it"
    )]
    public async Task Challenge_is_valid_for_five_minutes_and_its_purpose_only()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);
        (string adding, JsonElement addingOptions) = await owner.RequestOptions(
            PasskeyCalls.AddOptions
        );
        (string late, JsonElement lateOptions) = await browser.RequestOptions(
            PasskeyCalls.LoginOptions
        );
        (_, JsonElement options) = await browser.RequestOptions(PasskeyCalls.LoginOptions);

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
            await AssertRefused(login, browser);
    }

    [Fact(
        DisplayName = "S-35 A passkey does not sign in to another user's account, even with that account's user handle or id"
    )]
    public async Task Passkey_does_not_sign_in_to_another_users_account()
    {
        using BrowserClient ada = passkeys.NewBrowser();
        using BrowserClient bob = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator adas = new();
        using SoftwareAuthenticator bobs = new();
        await ada.RegisterWithPasskey(adas);
        await bob.RegisterWithPasskey(bobs);
        (_, JsonElement options) = await ada.RequestOptions(PasskeyCalls.AddOptions);
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
            await AssertRefused(login, browser);
        }
    }

    [Fact(
        DisplayName = "S-35 S-36 A passkey with the id of another user's passkey neither signs in as that user nor steps up their session"
    )]
    public async Task Passkey_with_the_id_of_another_users_passkey_does_not_authenticate_that_user()
    {
        using BrowserClient ada = passkeys.NewBrowser();
        using BrowserClient bob = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator adas = new();
        using SoftwareAuthenticator bobs = new(adas.RawId);
        await ada.RegisterWithPasskey(adas);
        string bobsEmail = await bob.RegisterWithPasskey(bobs);

        using HttpResponseMessage login = await browser.LoginWith(bobs);
        JsonElement account = await login.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(bobsEmail, account.GetProperty("email").GetString());

        using HttpResponseMessage stepUp = await ada.StepUpWith(bobs);
        await Problem.Is(stepUp, HttpStatusCode.Unauthorized, "passkey-refused");
        using HttpResponseMessage own = await ada.StepUpWith(adas);
        Assert.Equal(HttpStatusCode.NoContent, own.StatusCode);
    }

    [Fact]
    public async Task Removed_passkey_does_not_sign_in()
    {
        using BrowserClient owner = passkeys.NewBrowser();
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await owner.RegisterWithPasskey(authenticator);
        using HttpResponseMessage removed = await owner.Delete("/passkeys/" + authenticator.Id);
        using HttpResponseMessage login = await browser.LoginWith(authenticator);
        await AssertRefused(login, browser);
    }

    [Fact(DisplayName = "S-50 No malformed credential causes an internal error at sign-in")]
    public async Task Malformed_credential_causes_no_internal_error_at_sign_in()
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
            (string challenge, _) = await browser.RequestOptions(PasskeyCalls.LoginOptions);
            using HttpResponseMessage login = await browser.PostLogin(challenge, credential!);
            await AssertRefused(login, browser);
        }
    }

    [Theory(
        DisplayName = "S-20 While storage is unavailable a valid passkey is answered 503, never refused"
    )]
    [InlineData("ListPasskeys")]
    [InlineData("SignInWithPasskey")]
    public async Task Valid_passkey_is_503_while_storage_is_unavailable(string method)
    {
        FaultyCalls faults = new() { Only = method };
        await using RunningNode node = await PasskeyNode.Start(faults: faults);
        using BrowserClient browser = PasskeyNode.Browser(node);
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWithPasskey(authenticator);

        faults.Throw = () => new StorageUnavailableException("secret-inner-detail");
        using HttpResponseMessage login = await browser.LoginWith(authenticator);
        faults.Throw = null;

        await Problem.Is(login, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.True(await browser.IsSignedIn());
    }

    [Fact(
        DisplayName = "S-65 A refused passkey leaves one log line, without anything that was sent"
    )]
    public async Task Refused_passkey_leaves_one_log_line_without_its_contents()
    {
        using BrowserClient browser = passkeys.NewBrowser();
        using SoftwareAuthenticator authenticator = new();
        await browser.RegisterWithPasskey(authenticator);
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

    private static async Task AssertRefused(HttpResponseMessage login, BrowserClient browser)
    {
        await Problem.Is(login, HttpStatusCode.Unauthorized, "passkey-refused");
        Assert.False(login.Headers.Contains("Set-Cookie"));
        Assert.Empty(browser.Cookies);
    }
}
