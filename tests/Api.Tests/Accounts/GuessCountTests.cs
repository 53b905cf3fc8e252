using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>What counts as a guess, and for how long: passwords and codes apart, on every path, beyond a restart.</summary>
public sealed class GuessCountTests(GuessedNode guessed) : IClassFixture<GuessedNode>
{
    private const string NewPassword = "another horse, another battery";

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(15);

    private RunningNode Node => guessed.Node;

    [Theory(
        DisplayName = "S-29 Of two hundred wrong passwords at once ten are looked at, and no other costs a hash, whether the address is known or not"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_hundred_at_once_ten_are_looked_at(bool known)
    {
        string address = People.NewAddress();
        using BrowserClient owner = Node.NewBrowser();
        if (known)
            await owner.Register(address);
        using HashCount hashes = new(Node);

        HttpStatusCode[] answers = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(async _ =>
                {
                    using BrowserClient guesser = Node.NewBrowser();
                    return await guesser.TryLogin(address);
                })
        );

        int looked = answers.Count(status => status == HttpStatusCode.Unauthorized);
        Assert.Equal(10, looked);
        Assert.Equal(10, hashes.Hashed);
        Assert.Equal(
            200 - looked,
            answers.Count(status => status == HttpStatusCode.TooManyRequests)
        );
        Assert.Equal(known, await owner.IsSignedIn());
    }

    [Theory(
        DisplayName = "S-29 After eighty failures in a row of strangers no try is let through, known address or not; a reset by mail ends that"
    )]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_eighty_failures_no_try_is_let_through(bool known)
    {
        string address = People.NewAddress();
        using BrowserClient owner = Node.NewBrowser();
        if (known)
            await owner.Register(address);
        using BrowserClient guesser = Node.NewBrowser();

        int looked = 0;
        for (int i = 0; i < 120; i++)
        {
            if (await guesser.TryLogin(address) == HttpStatusCode.Unauthorized)
                looked++;
            Node.Clock.Advance(LongestWait);
        }

        Assert.Equal(80, looked);
        using HttpResponseMessage held = await guesser.Login(address);
        await Problem.Is(held, HttpStatusCode.TooManyRequests, "too-many-tries");
        Assert.Equal(LongestWait, held.Headers.RetryAfter!.Delta);
        Node.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await guesser.TryLogin(address, People.Password)
        );
        if (!known)
            return;

        Assert.True(await owner.IsSignedIn());
        await Node.Reset(address, NewPassword);
        Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, NewPassword));
    }

    private static readonly string[] s_passwordPaths =
    [
        "/login",
        "/step-up",
        "/password/change",
        "/email/verification/confirm",
    ];

    public static TheoryData<string> PasswordPaths => [.. s_passwordPaths];

    [Theory(DisplayName = "S-29 A wrong password counts on every path, and holds all of them off")]
    [MemberData(nameof(PasswordPaths))]
    public async Task A_wrong_password_counts_on_every_path(string path)
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        string token = await Node.Token(address, "verify");
        using BrowserClient stranger = Node.NewBrowser();
        Task<HttpStatusCode> On(string where, string password) =>
            where switch
            {
                "/login" => stranger.Try(where, new { email = address, password }),
                "/step-up" => browser.Try(where, new { password }),
                "/password/change" => browser.Try(
                    where,
                    new { currentPassword = password, newPassword = NewPassword }
                ),
                _ => stranger.Try(where, new { token, password }),
            };

        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await On(path, GuessedPaths.Wrong));

        foreach (string other in s_passwordPaths)
            Assert.Equal(HttpStatusCode.TooManyRequests, await On(other, People.Password));
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

    [Theory(DisplayName = "S-29 A wrong code counts on every path, and holds all of them off")]
    [MemberData(nameof(CodePaths))]
    public async Task A_wrong_code_counts_on_every_path(string path)
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient stranger = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await stranger.TryLogin(address, People.Password));
        Task<HttpStatusCode> On(string where, string code, string recoveryCode) =>
            where switch
            {
                "a code" => stranger.Try("/login/second-factor", new { code }),
                "a recovery code" => stranger.Try("/login/second-factor", new { recoveryCode }),
                "a code at step-up" => browser.Try(
                    "/step-up",
                    new { password = People.Password, code }
                ),
                _ => browser.Try("/step-up", new { password = People.Password, recoveryCode }),
            };

        bool isRecovery = path.Contains("recovery", StringComparison.Ordinal);
        int free = isRecovery ? 5 : 10;
        for (int i = 0; i < free; i++)
            Assert.Equal(
                HttpStatusCode.Unauthorized,
                await On(path, app.WrongCode(), "aaaa-bbbb-cccc-dddd")
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
                await On(other, app.Code(), app.RecoveryCodes[0])
            );
        Assert.True(await browser.IsSignedIn());
        // The other kind has a budget of its own.
        Assert.Equal(
            HttpStatusCode.OK,
            isRecovery
                ? await On("a code", app.FreshCode(), "")
                : await On("a recovery code", "", app.RecoveryCodes[0])
        );
    }

    [Fact(
        DisplayName = "The tenth wrong code behind a right password is mailed to the owner, once; a reset by mail lets the right code in"
    )]
    public async Task The_tenth_wrong_code_is_mailed()
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient guesser = Node.NewBrowser();
        int looked = 0;
        for (int i = 0; i < 60; i++)
        {
            await guesser.TryLogin(address, People.Password);
            if (await guesser.TryCode(app.WrongCode(i)) == HttpStatusCode.Unauthorized)
                looked++;
            Node.Clock.Advance(LongestWait);
        }

        Assert.Equal(50, looked);
        Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.TryCode(app.FreshCode()));
        await Node.Brings(address, "Wrong codes");

        await Node.Reset(address, NewPassword);
        using BrowserClient owner = Node.NewBrowser();
        Assert.Equal(HttpStatusCode.OK, await owner.TryLogin(address, NewPassword));
        Assert.Equal(HttpStatusCode.OK, await owner.TryCode(app.FreshCode()));
    }

    [Fact(
        DisplayName = "S-29 Who reads the owner's mail gets fifteen more codes by a reset, and none by another"
    )]
    public async Task A_thief_of_the_mailbox_guesses_no_codes_without_end()
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient thief = Node.NewBrowser();
        string password = People.Password;

        int looked = 0;
        for (int reset = 0; reset < 4; reset++)
        {
            for (int i = 0; i < 60; i++)
            {
                await thief.TryLogin(address, password);
                if (await thief.TryCode(app.WrongCode(i)) == HttpStatusCode.Unauthorized)
                    looked++;
                Node.Clock.Advance(LongestWait);
            }

            password = $"another horse, battery {reset}";
            await Node.Reset(address, password, times: reset + 1);
        }

        Assert.Equal(65, looked);
    }

    [Fact(DisplayName = "S-29 A wrong code counts when the app is turned on, too")]
    public async Task A_wrong_code_counts_when_the_app_is_turned_on()
    {
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(People.NewAddress());
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

    [Fact(DisplayName = "S-29 Passwords and codes are counted apart")]
    public async Task Passwords_and_codes_are_counted_apart()
    {
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient guesser = Node.NewBrowser();

        Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, People.Password));
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryCode(app.WrongCode()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.TryCode(app.WrongCode()));
        // The right password is no answer to the codes: their count stands.
        Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.TryCode(app.Code()));

        using BrowserClient other = Node.NewBrowser();
        for (int i = 0; i < 10; i++)
            Assert.Equal(HttpStatusCode.Unauthorized, await other.TryLogin(address));
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            await other.TryLogin(address, People.Password)
        );
        Node.Clock.Advance(GuessedNode.FirstWait);
        Assert.Equal(HttpStatusCode.OK, await guesser.TryCode(app.FreshCode()));
    }

    [Fact(
        DisplayName = "S-29 Of five hundred codes of a stranger in a row fifty are looked at; then even the right one is held off"
    )]
    public async Task Of_five_hundred_codes_fifty_are_looked_at()
    {
        const int Tries = 500;
        string address = People.NewAddress();
        using BrowserClient browser = Node.NewBrowser();
        await browser.Register(address);
        Authenticator app = await Authenticator.TurnOn(Node, browser);
        using BrowserClient guesser = Node.NewBrowser();

        (int looked, int held) = (0, 0);
        while (looked + held < Tries)
        {
            using HttpResponseMessage response = await guesser.Post(
                "/login/second-factor",
                new { code = app.WrongCode(looked + held) }
            );
            switch (await Code(response))
            {
                case "code-refused":
                    looked++;
                    break;
                case "too-many-tries":
                    held++;
                    // The guesser is patient for as long as that helps.
                    if (looked < 50)
                        Node.Clock.Advance(response.Headers.RetryAfter!.Delta!.Value);
                    break;
                default:
                    Assert.Equal(
                        HttpStatusCode.OK,
                        await guesser.TryLogin(address, People.Password)
                    );
                    break;
            }
        }

        Assert.Equal(50, looked);
        Node.Clock.Advance(LongestWait);
        Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, People.Password));
        Assert.Equal(HttpStatusCode.TooManyRequests, await guesser.TryCode(app.Code()));
    }

    [Fact(DisplayName = "S-29 A restart forgets no failure")]
    public async Task A_restart_forgets_no_failure()
    {
        string directory = Directory.CreateTempSubdirectory("sessionauth-").FullName;
        string address = People.NewAddress();
        MovedClock clock = new();
        await using (RunningNode node = await RunningNode.Start(directory: directory, clock: clock))
        {
            using BrowserClient owner = node.NewBrowser();
            await owner.Register(address);
            using BrowserClient guesser = node.NewBrowser();
            for (int i = 0; i < 20; i++)
            {
                Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryLogin(address));
                if (i >= 9)
                    clock.Advance(TimeSpan.FromSeconds(Math.Pow(2, i - 9)));
            }

            Assert.Equal(HttpStatusCode.Unauthorized, await guesser.TryLogin(address));
        }

        await using (RunningNode node = await RunningNode.Start(directory: directory, clock: clock))
        {
            using BrowserClient guesser = node.NewBrowser();
            using HttpResponseMessage held = await guesser.Login(address);
            await Problem.Is(held, HttpStatusCode.TooManyRequests, "too-many-tries");
            clock.Advance(LongestWait);
            Assert.Equal(HttpStatusCode.OK, await guesser.TryLogin(address, People.Password));
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task<string?> Code(HttpResponseMessage response)
    {
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        return problem.GetProperty("code").GetString();
    }
}
