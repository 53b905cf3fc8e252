using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Http.Problems;
using SessionAuth.Api.Tests.Passkeys;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Each refusal is one line of the log: who, what, whence (ASVS 16.3.1, 16.3.2).</summary>
public sealed class RefusalLogTests(RefusalLogTests.ProxiedNode proxied)
    : IClassFixture<RefusalLogTests.ProxiedNode>
{
    private const string Wrong = "canary-wrong-guess-5b7d";

    // Whatever a request has that only somebody who is let in knows.
    private static readonly string[] s_secrets =
    [
        "password",
        "currentpassword",
        "token",
        "code",
        "recoverycode",
        "credential",
    ];

    // By what is refused: the call, the code of the line, and whom the line names.
    private static readonly Dictionary<
        string,
        (string Call, string Line, Func<Person, Task<HttpResponseMessage>> Make)
    > s_refusals = new(StringComparer.Ordinal)
    {
        ["a wrong password"] = (
            "POST /login",
            "sign-in-refused at POST /login, address {short}",
            person => person.Stranger.Login(person.Address, Wrong)
        ),
        ["an address that is nobody's"] = (
            "POST /login",
            "sign-in-refused at POST /login, address {short}",
            person => person.Stranger.Login(People.NewAddress(), Wrong)
        ),
        ["an address that is taken"] = (
            "POST /register",
            "address-taken at POST /register, address {short}",
            person => person.Stranger.Register(person.Address, Wrong)
        ),
        ["a wrong code"] = (
            "POST /login/second-factor",
            "code-refused at POST /login/second-factor, user {user}",
            async person =>
            {
                Authenticator app = await person.WithApp();
                await person.Stranger.Login(person.Address).Answered(HttpStatusCode.OK);
                return await person.Stranger.Post(
                    "/login/second-factor",
                    new { code = app.WrongCode() }
                );
            }
        ),
        ["a wrong recovery code"] = (
            "POST /login/second-factor",
            "code-refused at POST /login/second-factor, user {user}",
            async person =>
            {
                await person.WithApp();
                await person.Stranger.Login(person.Address).Answered(HttpStatusCode.OK);
                return await person.Stranger.Post(
                    "/login/second-factor",
                    new { recoveryCode = Wrong }
                );
            }
        ),
        ["a second step without a first"] = (
            "POST /login/second-factor",
            "login-expired at POST /login/second-factor, nobody known",
            person => person.Stranger.Post("/login/second-factor", new { code = "123456" })
        ),
        ["a wrong password at a step-up"] = (
            "POST /step-up",
            "sign-in-refused at POST /step-up, session {short}, user {user}",
            person => person.Browser.Post("/step-up", new { password = Wrong })
        ),
        ["a wrong code at a step-up"] = (
            "POST /step-up",
            "code-refused at POST /step-up, session {short}, user {user}",
            async person =>
            {
                Authenticator app = await person.WithApp();
                return await person.Browser.Post(
                    "/step-up",
                    new { password = People.Password, code = app.WrongCode() }
                );
            }
        ),
        ["a wrong password at its change"] = (
            "POST /password/change",
            "sign-in-refused at POST /password/change, session {short}, user {user}",
            person =>
                person.Browser.Post(
                    "/password/change",
                    new { currentPassword = Wrong, newPassword = "another fine password" }
                )
        ),
        ["a reset's link that is none"] = (
            "POST /password/reset",
            "link-refused at POST /password/reset, nobody known",
            person =>
                person.Stranger.Post("/password/reset", new { token = Wrong, password = Wrong })
        ),
        ["a reset's link that was made up"] = (
            "POST /password/reset",
            "link-refused at POST /password/reset, user {user}",
            person =>
                person.Stranger.Post(
                    "/password/reset",
                    new { token = $"{Guid.NewGuid():N}.{Wrong}", password = Wrong }
                )
        ),
        ["a verification's link that was made up"] = (
            "POST /email/verification/confirm",
            "link-refused at POST /email/verification/confirm, user {user}",
            person =>
                person.Stranger.Post(
                    "/email/verification/confirm",
                    new { token = $"{Guid.NewGuid():N}.{Wrong}" }
                )
        ),
        ["a wrong password at the verification"] = (
            "POST /email/verification/confirm",
            "sign-in-refused at POST /email/verification/confirm, user {user}",
            async person =>
                await person.Stranger.Post(
                    "/email/verification/confirm",
                    new
                    {
                        token = await person.Node.Token(person.Address, Mailbox.Verify),
                        password = Wrong,
                    }
                )
        ),
        ["a change's link that was made up"] = (
            "POST /email/change/confirm",
            "link-refused at POST /email/change/confirm, session {short}, user {user}",
            async person =>
                await person.Browser.Post(
                    "/email/change/confirm",
                    new { token = $"{await person.Id()}.{Wrong}" }
                )
        ),
        ["a wrong code at the authenticator app's start"] = (
            "POST /factors/totp/confirm",
            "code-refused at POST /factors/totp/confirm, session {short}, user {user}",
            async person =>
            {
                Authenticator app = await person.OfferedApp();
                return await person.Browser.Post(
                    "/factors/totp/confirm",
                    new { code = app.WrongCode() }
                );
            }
        ),
        ["a proof that is too old"] = (
            "DELETE /me",
            "step-up-required at DELETE /me, session {short}, user {user}",
            person =>
            {
                person.Node.Clock.Advance(TimeSpan.FromMinutes(11));
                return person.Browser.Delete("/me");
            }
        ),
        ["an origin that is not ours"] = (
            "DELETE /me",
            "foreign-origin at DELETE /me, nobody known",
            person =>
            {
                person.Browser.Origin = "https://evil.example";
                return person.Browser.Delete("/me");
            }
        ),
        ["too many passwords"] = (
            "POST /login",
            "too-many-tries at POST /login, address {short}",
            async person =>
            {
                HttpResponseMessage last;
                // From elsewhere: only the try that is held off is this line's.
                string from = person.Stranger.ForwardedFor!;
                do
                {
                    person.Stranger.ForwardedFor = "192.0.2.250";
                    last = await person.Stranger.Login(person.Address, Wrong);
                } while (last.StatusCode != HttpStatusCode.TooManyRequests);
                person.Stranger.ForwardedFor = from;
                return await person.Stranger.Login(person.Address, Wrong);
            }
        ),
    };

    private static int s_clients;

    private RunningNode Node => proxied.Node;

    public static TheoryData<string> Refusals => [.. s_refusals.Keys];

    [Theory(
        DisplayName = "S-65 S-66 Whatever secret is refused leaves one line, without the secret"
    )]
    [MemberData(nameof(Refusals))]
    public async Task Whatever_secret_is_refused_leaves_one_line(string what)
    {
        using Person person = await Person.New(Node);
        (_, string line, Func<Person, Task<HttpResponseMessage>> make) = s_refusals[what];

        using HttpResponseMessage answer = await make(person);

        Assert.False(answer.IsSuccessStatusCode);
        string[] lines = Refused(person.From);
        Assert.True(lines.Length == 1, $"{lines.Length} lines: {string.Join('\n', lines)}");
        Assert.Matches(Pattern(line), lines[0]);
        Assert.DoesNotContain(
            Node.Log.Lines,
            written => written.Contains(Wrong, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Node.Log.Lines,
            written => written.Contains(person.Address, StringComparison.Ordinal)
        );
    }

    [Fact(
        DisplayName = "S-65 The refusals that are tested are those of every call that takes a secret"
    )]
    public void The_refusals_that_are_tested_are_those_of_every_call_that_takes_a_secret()
    {
        IEnumerable<string> taking = Node
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint =>
                endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is { } body
                && body.GetProperties()
                    .Any(member => s_secrets.Contains(member.Name.ToLowerInvariant()))
            )
            .Select(endpoint =>
                $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText}"
            );

        Assert.Empty(
            taking.Except([
                .. s_refusals.Values.Select(refusal => refusal.Call),
                // In the test of passkeys.
                "POST /login/passkey",
                "POST /passkeys",
            ])
        );
    }

    [Fact(DisplayName = "S-65 A passkey that is refused leaves one line wherever it is used")]
    public async Task A_passkey_that_is_refused_leaves_one_line_wherever_it_is_used()
    {
        await using RunningNode node = await PasskeyNode.Start();
        using BrowserClient stranger = PasskeyNode.Browser(node);
        using BrowserClient browser = PasskeyNode.Browser(node);
        await browser.Register(People.NewAddress()).Answered(HttpStatusCode.Created);
        JsonObject credential = [];

        using HttpResponseMessage login = await stranger.PostLogin(Wrong, credential);
        using HttpResponseMessage stepUp = await browser.Post(
            "/step-up",
            new { challenge = Wrong, credential }
        );
        using HttpResponseMessage added = await browser.PostPasskey(Wrong, credential);

        string[] expected =
        [
            "passkey-refused at POST /login/passkey, nobody known",
            "passkey-refused at POST /step-up, session {short}, user {user}",
            "passkey-not-accepted at POST /passkeys, session {short}, user {user}",
        ];
        Assert.Collection(
            Refused("127.0.0.1", node),
            [
                .. expected.Select(line =>
                    (Action<string>)(written => Assert.Matches(Pattern(line), written))
                ),
            ]
        );
    }

    [Theory(
        DisplayName = "S-65 S-11 A forged cookie leaves one line at every call that looks for a session"
    )]
    [MemberData(nameof(Calls.NeedingASession), MemberType = typeof(Calls))]
    public async Task A_forged_cookie_leaves_one_line(string method, string path)
    {
        using BrowserClient browser = Stranger(Node);
        string forged = $"{Wrong}.{Wrong}.{Wrong}.{new string('A', 43)}";
        if (path == "/refresh")
            browser.RefreshToken = forged;
        else
            browser.AccessToken = forged;

        using HttpResponseMessage answer = await browser.Send(new(new HttpMethod(method), path));

        string line = Assert.Single(Refused(browser.ForwardedFor!));
        Assert.Contains($"Refused: cookie-forged at {method} ", line, StringComparison.Ordinal);
        Assert.DoesNotContain(Wrong, line, StringComparison.Ordinal);
    }

    [Theory(
        DisplayName = "S-65 A cookie that was forged, altered, made for another purpose, or came twice leaves one line"
    )]
    [InlineData("/logout", "accessToken", "forged")]
    [InlineData("/logout", "refreshToken", "forged")]
    [InlineData("/refresh", "refreshToken", "forged")]
    [InlineData("/refresh", "refreshToken", "swapped")]
    [InlineData("/refresh", "refreshToken", "doubled")]
    [InlineData("/logout", "accessToken", "doubled")]
    [InlineData("/login", "deviceToken", "forged")]
    [InlineData("/login/second-factor", "loginToken", "forged")]
    public async Task A_cookie_that_is_not_good_leaves_one_line(
        string path,
        string cookie,
        string fault
    )
    {
        using Person person = await Person.New(Node);
        string good = person.Browser.AccessToken!;
        string value = fault == "forged" ? good[..^1] + (good[^1] == 'A' ? 'B' : 'A') : good;
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = path.StartsWith("/login", StringComparison.Ordinal)
                ? System.Net.Http.Json.JsonContent.Create<object>(
                    path == "/login"
                        ? new { email = person.Address, password = People.Password }
                        : new { code = "123456" }
                )
                : null,
        };
        request.Headers.TryAddWithoutValidation(
            "Cookie",
            fault == "doubled" ? $"{cookie}={value}; {cookie}={value}" : $"{cookie}={value}"
        );

        using HttpResponseMessage answer = await person.Stranger.Send(request);

        Assert.Single(
            Refused(person.From),
            line =>
                line.Contains(
                    fault == "doubled" ? "cookie-doubled at POST" : "cookie-forged at POST",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact(
        DisplayName = "S-65 The reuse of a refresh token and the end of its session are lines of the same log"
    )]
    public async Task The_reuse_of_a_refresh_token_is_a_line_of_the_same_log()
    {
        using Person person = await Person.New(Node);
        string stolen = person.Browser.RefreshToken!;
        await person.Browser.Post("/refresh").Answered(HttpStatusCode.NoContent);
        Assert.True(await person.Browser.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        person.Stranger.RefreshToken = stolen;

        using HttpResponseMessage answer = await person.Stranger.Post("/refresh");

        string line = Assert.Single(
            Node.Log.Lines,
            written =>
                written.Contains("Refresh token reuse", StringComparison.Ordinal)
                && written.Contains($"from {person.From}", StringComparison.Ordinal)
        );
        Assert.Contains("SessionAuth.Security", line, StringComparison.Ordinal);
        Assert.Contains(
            Node.Log.Lines,
            written =>
                written.Contains("SessionAuth.Security", StringComparison.Ordinal)
                && written.Contains("has ended: RefreshTokenReuse", StringComparison.Ordinal)
        );
    }

    [Theory(
        DisplayName = "S-65 A registration that is refused leaves one line, also where the answer does not tell"
    )]
    [InlineData("private", "address-taken")]
    [InlineData("closed", "registration-closed")]
    public async Task A_registration_that_is_refused_leaves_one_line(
        string registration,
        string code
    )
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["REGISTRATION"] = registration,
            }
        );
        string address = People.NewAddress();
        using BrowserClient first = Stranger(node);
        using BrowserClient second = Stranger(node);
        using HttpResponseMessage one = await first.Register(address);
        using HttpResponseMessage two = await second.Register(address);

        Assert.Equal(one.StatusCode, two.StatusCode);
        string line = Assert.Single(Refused(second.ForwardedFor!, node));
        Assert.Matches(Pattern($"{code} at POST /register, address {{short}}"), line);
    }

    [Fact(DisplayName = "S-65 A mail that is not sent because there were too many is a line")]
    public async Task A_mail_that_is_not_asked_for_is_a_line()
    {
        using BrowserClient browser = Stranger(Node);
        HttpStatusCode last = default;
        for (int i = 0; i < 1000 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using HttpResponseMessage answer = await browser.Post(
                "/password/forgot",
                new { email = People.NewAddress() }
            );
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Matches(
            Pattern("too-many-tries at POST /password/forgot, address {short}"),
            Assert.Single(Refused(browser.ForwardedFor!))
        );
    }

    [Fact(
        DisplayName = "S-65 Every problem is a refusal, which is logged, or one of those that refuse nobody"
    )]
    public void Every_problem_is_a_refusal_or_refuses_nobody()
    {
        string[] refuseNobody =
        [
            // A request that carries no session; a cookie that is not good has its own line.
            "not-signed-in",
            "session-not-found",
            "unknown-host",
            "unavailable",
            "held-up",
            "another-user",
            "busy",
            "internal",
            "invalid-field",
            "already-verified",
            "second-factor-needed",
            "totp-on",
            "no-totp",
            "no-totp-pending",
            "passkey-not-found",
            "too-many-passkeys",
            "passkeys-unavailable",
        ];
        ApiProblem[] all =
        [
            .. typeof(ApiProblem)
                .Assembly.GetTypes()
                .Where(type => type is { IsAbstract: true, IsSealed: true })
                .SelectMany(type => type.GetFields())
                .Where(field => field.FieldType.IsAssignableTo(typeof(ApiProblem)))
                .Select(field => (ApiProblem)field.GetValue(null)!),
        ];

        Assert.True(all.Length > 20);
        Assert.Empty(
            all.Where(problem => !problem.IsRefusal)
                .Select(problem => problem.Code)
                .Except(refuseNobody)
        );
    }

    private string[] Refused(string from, RunningNode? node = null) =>
        [
            .. (node ?? Node).Log.Lines.Where(line =>
                line.Contains("SessionAuth.Security", StringComparison.Ordinal)
                && line.Contains("Refused: ", StringComparison.Ordinal)
                && line.EndsWith($", from {from}", StringComparison.Ordinal)
            ),
        ];

    private static BrowserClient Stranger(RunningNode node)
    {
        int client = Interlocked.Increment(ref s_clients);
        BrowserClient stranger = node.NewBrowser();
        stranger.ForwardedFor = string.Create(
            CultureInfo.InvariantCulture,
            $"10.{client / 250}.{client % 250}.7"
        );
        return stranger;
    }

    private static string Pattern(string line) =>
        Regex
            .Escape("Refused: " + line)
            .Replace(@"\{user}", "[0-9a-f]{32}", StringComparison.Ordinal)
            .Replace(@"\{short}", "[0-9a-f]{12}", StringComparison.Ordinal) + ", from [0-9.]+$";

    /// <summary>A node behind a proxy, so that each test's requests come from elsewhere.</summary>
    public sealed class ProxiedNode : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" }
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }

    /// <summary>Somebody with an account, and a stranger: both from one place, which is nobody else's.</summary>
    private sealed class Person : IDisposable
    {
        private Person(
            RunningNode node,
            BrowserClient browser,
            BrowserClient stranger,
            string address
        ) => (Node, Browser, Stranger, Address) = (node, browser, stranger, address);

        public RunningNode Node { get; }

        public BrowserClient Browser { get; }

        public BrowserClient Stranger { get; }

        public string Address { get; }

        public string From => Stranger.ForwardedFor!;

        public static async Task<Person> New(RunningNode node)
        {
            BrowserClient stranger = RefusalLogTests.Stranger(node);
            (BrowserClient browser, string address) = await node.NewPerson();
            browser.ForwardedFor = stranger.ForwardedFor;
            return new(node, browser, stranger, address);
        }

        public async Task<string> Id() => (await Browser.Me()).GetProperty("userId").GetString()!;

        public Task<Authenticator> WithApp() => Authenticator.TurnOn(Node, Browser);

        public Task<Authenticator> OfferedApp() => Authenticator.Offer(Node, Browser);

        public void Dispose()
        {
            Browser.Dispose();
            Stranger.Dispose();
        }
    }
}
