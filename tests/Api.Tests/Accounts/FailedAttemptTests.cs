using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Which attempts count as failed, and for how long: separately for passwords and codes, on each path, across restarts.</summary>
public sealed class FailedAttemptTests(SlowThrottleNode slow) : IClassFixture<SlowThrottleNode>
{
    private const string NewPassword = "another horse, another battery";

    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(15);

    private RunningNode Node => slow.Node;

    [Theory(
        DisplayName = "S-29 Of two hundred parallel wrong passwords ten are evaluated, and only these cost a hash, for known and unknown emails"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_hundred_parallel_wrong_passwords_ten_are_evaluated(bool known)
    {
        string email = People.NewEmail();
        using BrowserClient owner = Node.NewBrowser();
        if (known)
            await owner.Register(email);
        using HashCount hashes = new(Node);

        HttpStatusCode[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async _ =>
                {
                    using BrowserClient attacker = Node.NewBrowser();
                    return await attacker.TryLogin(email);
                })
        );

        int evaluated = answers.Count(status => status == HttpStatusCode.Unauthorized);
        Assert.Equal(10, evaluated);
        Assert.Equal(10, hashes.Hashed);
        Assert.Equal(
            200 - evaluated,
            answers.Count(status => status == HttpStatusCode.TooManyRequests)
        );
        Assert.Equal(known, await owner.IsSignedIn());
    }

    [Theory(
        DisplayName = "S-29 After eighty failures in a row from new devices all attempts are refused, for known and unknown emails, until a reset by mail"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_eighty_failures_in_a_row_all_attempts_are_refused_until_a_reset(
        bool known
    )
    {
        string email = People.NewEmail();
        using BrowserClient owner = Node.NewBrowser();
        if (known)
            await owner.Register(email);
        using BrowserClient attacker = Node.NewBrowser();

        int evaluated = 0;
        for (int i = 0; i < 120; i++)
        {
            if (await attacker.TryLogin(email) == HttpStatusCode.Unauthorized)
                evaluated++;
            Node.Clock.Advance(LongestDelay);
        }

        Assert.Equal(80, evaluated);
        using HttpResponseMessage throttled = await attacker.Login(email);
        await Problem.Is(throttled, HttpStatusCode.TooManyRequests, "too-many-tries");
        Assert.Equal(LongestDelay, throttled.Headers.RetryAfter!.Delta);
        Node.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await attacker.TryLogin(email, People.Password)
        );
        if (!known)
            return;

        Assert.True(await owner.IsSignedIn());
        await Node.Reset(email, NewPassword);
        Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, NewPassword));
    }

    private static readonly string[] s_passwordPaths =
    [
        "/login",
        "/step-up",
        "/password/change",
        "/email/verification/confirm",
    ];

    public static TheoryData<string> PasswordPaths => [.. s_passwordPaths];

    [Theory(
        DisplayName = "S-29 A wrong password counts on each path, and then throttles all of them"
    )]
    [MemberData(nameof(PasswordPaths))]
    public async Task Wrong_password_on_one_path_throttles_all_paths(string path)
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        string token = await Node.Token(email, "verify");
        using BrowserClient newDevice = Node.NewBrowser();
        Task<HttpStatusCode> Attempt(string at, string password) =>
            at switch
            {
                "/login" => newDevice.Try(at, new { email, password }),
                "/step-up" => browser.Try(at, new { password }),
                "/password/change" => browser.Try(
                    at,
                    new { currentPassword = password, newPassword = NewPassword }
                ),
                _ => newDevice.Try(at, new { token, password }),
            };

        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Attempt(path, AttemptExtensions.Wrong));

        foreach (string other in s_passwordPaths)
            Assert.Equal(HttpStatusCode.TooManyRequests, await Attempt(other, People.Password));
        Assert.True(await browser.IsSignedIn());
    }

    private static readonly string[] s_codePaths =
    [
        "a code",
        "a recovery code",
        "a code at step-up",
        "a recovery code at step-up",
    ];

    public static TheoryData<string> CodePaths => [.. s_codePaths];

    [Theory(DisplayName = "S-29 A wrong code counts on each path, and then throttles all of them")]
    [MemberData(nameof(CodePaths))]
    public async Task Wrong_code_on_one_path_throttles_all_paths(string path)
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient newDevice = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await newDevice.TryLogin(email, People.Password));
        Task<HttpStatusCode> Attempt(string at, string code, string recoveryCode) =>
            at switch
            {
                "a code" => newDevice.Try("/login/second-factor", new { code }),
                "a recovery code" => newDevice.Try("/login/second-factor", new { recoveryCode }),
                "a code at step-up" => browser.Try(
                    "/step-up",
                    new { password = People.Password, code }
                ),
                _ => browser.Try("/step-up", new { password = People.Password, recoveryCode }),
            };

        bool isRecovery = path.Contains("recovery", StringComparison.Ordinal);
        int allowed = isRecovery ? 5 : 10;
        for (int i = 0; i < allowed; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await Attempt(path, app.WrongCode(), "aaaa-bbbb-cccc-dddd")
            );

        string[] same =
        [
            .. s_codePaths.Where(other =>
                other.Contains("recovery", StringComparison.Ordinal) == isRecovery
            ),
        ];
        foreach (string other in same)
            Assert.Equal(
                HttpStatusCode.TooManyRequests,
                await Attempt(other, app.Code(), app.RecoveryCodes[0])
            );
        Assert.True(await browser.IsSignedIn());
        // The other kind of code has its own budget.
        Assert.Equal(
            HttpStatusCode.OK,
            isRecovery
                ? await Attempt("a code", app.FreshCode(), "")
                : await Attempt("a recovery code", "", app.RecoveryCodes[0])
        );
    }

    [Fact(
        DisplayName = "Ten wrong codes after the right password are mailed to the owner once, and a reset by mail ends the throttling"
    )]
    public async Task Ten_wrong_codes_are_mailed_to_the_owner()
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient attacker = Node.NewBrowser();
        int evaluated = 0;
        for (int i = 0; i < 60; i++)
        {
            await attacker.TryLogin(email, People.Password);
            if (await attacker.TryCode(app.WrongCode(i)) == HttpStatusCode.Unauthorized)
                evaluated++;
            Node.Clock.Advance(LongestDelay);
        }

        Assert.Equal(50, evaluated);
        Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.TryCode(app.FreshCode()));
        await Node.WaitForMail(email, "Failed sign-in attempts");

        await Node.Reset(email, NewPassword);
        using BrowserClient owner = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(email, NewPassword));
        Assert.Equal(HttpStatusCode.OK, await owner.TryCode(app.FreshCode()));
    }

    [Fact(
        DisplayName = "S-29 An attacker who reads the owner's mail gets fifteen more codes evaluated after one reset, and none after further resets"
    )]
    public async Task Repeated_resets_give_an_attacker_no_unlimited_codes()
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient attacker = Node.NewBrowser();
        string password = People.Password;

        int evaluated = 0;
        for (int reset = 0; reset < 4; reset++)
        {
            for (int i = 0; i < 60; i++)
            {
                await attacker.TryLogin(email, password);
                if (await attacker.TryCode(app.WrongCode(i)) == HttpStatusCode.Unauthorized)
                    evaluated++;
                Node.Clock.Advance(LongestDelay);
            }

            password = $"another horse, battery {reset}";
            await Node.Reset(email, password, times: reset + 1);
        }

        Assert.Equal(65, evaluated);
    }

    [Fact(DisplayName = "S-29 A wrong code counts when an authenticator app is added, too")]
    public async Task Wrong_code_counts_when_an_authenticator_app_is_added()
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(People.NewEmail());
        Authenticator app = await Authenticator.Offer(Node, browser);
        for (int i = 0; i < 10; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await browser.Try("/factors/totp/confirm", new { code = app.WrongCode() })
            );

        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await browser.Try("/factors/totp/confirm", new { code = app.Code() })
        );
    }

    [Fact(DisplayName = "S-29 Failed passwords and failed codes are counted separately")]
    public async Task Failed_passwords_and_codes_are_counted_separately()
    {
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient attacker = Node.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, People.Password));
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryCode(app.WrongCode()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.TryCode(app.WrongCode()));
        // The right password does not reset the count of the codes.
        Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.TryCode(app.Code()));

        using BrowserClient other = Node.NewBrowser();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await other.TryLogin(email));
        Assert.Equal(HttpStatusCode.TooManyRequests, await other.TryLogin(email, People.Password));
        Node.Clock.Advance(SlowThrottleNode.FirstDelay);
        Assert.Equal(HttpStatusCode.OK, await attacker.TryCode(app.FreshCode()));
    }

    [Fact(
        DisplayName = "S-29 Of five hundred codes in a row from a new device fifty are evaluated; afterwards even the right one is throttled"
    )]
    public async Task Of_five_hundred_codes_fifty_are_evaluated()
    {
        const int Tries = 500;
        string email = People.NewEmail();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(email);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient attacker = Node.NewBrowser();

        (int evaluated, int throttled) = (0, 0);
        while (evaluated + throttled < Tries)
        {
            using HttpResponseMessage response = await attacker.Post(
                "/login/second-factor",
                new { code = app.WrongCode(evaluated + throttled) }
            );
            switch (await Code(response))
            {
                case "code-refused":
                    evaluated++;
                    break;
                case "too-many-tries":
                    throttled++;
                    // The attacker waits as long as waiting helps.
                    if (evaluated < 50)
                        Node.Clock.Advance(response.Headers.RetryAfter!.Delta!.Value);
                    break;
                default:
                    Assert.Equal(
                        HttpStatusCode.OK,
                        await attacker.TryLogin(email, People.Password)
                    );
                    break;
            }
        }

        Assert.Equal(50, evaluated);
        Node.Clock.Advance(LongestDelay);
        Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await attacker.TryCode(app.Code()));
    }

    [Fact(DisplayName = "S-29 Failed attempts are still counted after a restart")]
    public async Task Failed_attempts_are_still_counted_after_a_restart()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string email = People.NewEmail();
        MovedClock clock = new();
        await using (RunningNode node = await RunningNode.Start(directory: directory, clock: clock))
        {
            using BrowserClient owner = node.NewBrowser();
            await owner.Register(email);
            using BrowserClient attacker = node.NewBrowser();
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryLogin(email));
                if (i >= 9)
                    clock.Advance(TimeSpan.FromSeconds(Math.Pow(2, i - 9)));
            }

            Assert.Equal(HttpStatusCode.Unauthorized, await attacker.TryLogin(email));
        }

        await using (RunningNode node = await RunningNode.Start(directory: directory, clock: clock))
        {
            using BrowserClient attacker = node.NewBrowser();
            using HttpResponseMessage throttled = await attacker.Login(email);
            await Problem.Is(throttled, HttpStatusCode.TooManyRequests, "too-many-tries");
            clock.Advance(LongestDelay);
            Assert.Equal(HttpStatusCode.OK, await attacker.TryLogin(email, People.Password));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<string?> Code(HttpResponseMessage response)
    {
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("code").GetString();
    }
}
