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

/// <summary>Each refusal is one log line with who, what and from where (ASVS 16.3.1, 16.3.2).</summary>
public sealed class RefusalLogTests(RefusalLogTests.ProxiedNode proxied)
    : IClassFixture<RefusalLogTests.ProxiedNode>
{
    private const string Wrong = "canary-wrong-password-5b7d";

    // The members of requests that are secrets.
    private static readonly string[] s_secrets =
    [
        "password",
        "currentpassword",
        "token",
        "code",
        "recoverycode",
        "credential",
    ];

    // For each reason of refusal: the endpoint, the log line, and a call that is refused for it.
    private static readonly Dictionary<
        string,
        (string Call, string Line, Func<TestUser, Task<HttpResponseMessage>> Make)
    > s_refusals = new(StringComparer.Ordinal)
    {
        ["a wrong password"] = (
            "POST /login",
            "sign-in-refused at POST /login, email {short}",
            user => user.SignedOut.Login(user.Email, Wrong)
        ),
        ["an unknown email"] = (
            "POST /login",
            "sign-in-refused at POST /login, email {short}",
            user => user.SignedOut.Login(People.NewEmail(), Wrong)
        ),
        ["a taken email"] = (
            "POST /register",
            "email-taken at POST /register, email {short}",
            user => user.SignedOut.Register(user.Email, Wrong)
        ),
        ["a wrong code"] = (
            "POST /login/second-factor",
            "code-refused at POST /login/second-factor, user {user}",
            async user =>
            {
                Authenticator app = await user.AddAuthenticator();
                await user.SignedOut.Login(user.Email).Answered(HttpStatusCode.OK);
                return await user.SignedOut.Post(
                    "/login/second-factor",
                    new { code = app.WrongCode() }
                );
            }
        ),
        ["a wrong recovery code"] = (
            "POST /login/second-factor",
            "code-refused at POST /login/second-factor, user {user}",
            async user =>
            {
                await user.AddAuthenticator();
                await user.SignedOut.Login(user.Email).Answered(HttpStatusCode.OK);
                return await user.SignedOut.Post(
                    "/login/second-factor",
                    new { recoveryCode = Wrong }
                );
            }
        ),
        ["a second step without a login cookie"] = (
            "POST /login/second-factor",
            "login-expired at POST /login/second-factor, unknown subject",
            user => user.SignedOut.Post("/login/second-factor", new { code = "123456" })
        ),
        ["a wrong password at a step-up"] = (
            "POST /step-up",
            "sign-in-refused at POST /step-up, session {short}, user {user}",
            user => user.Browser.Post("/step-up", new { password = Wrong })
        ),
        ["a wrong code at a step-up"] = (
            "POST /step-up",
            "code-refused at POST /step-up, session {short}, user {user}",
            async user =>
            {
                Authenticator app = await user.AddAuthenticator();
                return await user.Browser.Post(
                    "/step-up",
                    new { password = People.Password, code = app.WrongCode() }
                );
            }
        ),
        ["a wrong password at a password change"] = (
            "POST /password/change",
            "sign-in-refused at POST /password/change, session {short}, user {user}",
            user =>
                user.Browser.Post(
                    "/password/change",
                    new { currentPassword = Wrong, newPassword = "another fine password" }
                )
        ),
        ["a malformed reset token"] = (
            "POST /password/reset",
            "link-refused at POST /password/reset, unknown subject",
            user => user.SignedOut.Post("/password/reset", new { token = Wrong, password = Wrong })
        ),
        ["an invented reset token"] = (
            "POST /password/reset",
            "link-refused at POST /password/reset, user {user}",
            user =>
                user.SignedOut.Post(
                    "/password/reset",
                    new { token = $"{Guid.NewGuid():N}.{Wrong}", password = Wrong }
                )
        ),
        ["an invented verification token"] = (
            "POST /email/verification/confirm",
            "link-refused at POST /email/verification/confirm, user {user}",
            user =>
                user.SignedOut.Post(
                    "/email/verification/confirm",
                    new { token = $"{Guid.NewGuid():N}.{Wrong}" }
                )
        ),
        ["a wrong password at an email verification"] = (
            "POST /email/verification/confirm",
            "sign-in-refused at POST /email/verification/confirm, user {user}",
            async user =>
                await user.SignedOut.Post(
                    "/email/verification/confirm",
                    new
                    {
                        token = await user.Node.Token(user.Email, Mailbox.Verify),
                        password = Wrong,
                    }
                )
        ),
        ["an invented token of an email change"] = (
            "POST /email/change/confirm",
            "link-refused at POST /email/change/confirm, session {short}, user {user}",
            async user =>
                await user.Browser.Post(
                    "/email/change/confirm",
                    new { token = $"{await user.Id()}.{Wrong}" }
                )
        ),
        ["a wrong code at the confirmation of an authenticator app"] = (
            "POST /factors/{factor}/confirm",
            "code-refused at POST /factors/{factor}/confirm, session {short}, user {user}",
            async user =>
            {
                Authenticator app = await user.OfferAuthenticator();
                return await user.Browser.Post(
                    "/factors/totp/confirm",
                    new { code = app.WrongCode() }
                );
            }
        ),
        ["an authentication that is too old"] = (
            "DELETE /me",
            "step-up-required at DELETE /me, session {short}, user {user}",
            user =>
            {
                user.Node.Clock.Advance(TimeSpan.FromMinutes(11));
                return user.Browser.Delete("/me");
            }
        ),
        ["a foreign origin"] = (
            "DELETE /me",
            "foreign-origin at DELETE /me, unknown subject",
            user =>
            {
                user.Browser.Origin = "https://evil.example";
                return user.Browser.Delete("/me");
            }
        ),
        ["too many wrong passwords"] = (
            "POST /login",
            "too-many-tries at POST /login, email {short}",
            async user =>
            {
                HttpResponseMessage last;
                // From another network until the throttle refuses, so that only the last attempt is in this user's lines.
                string from = user.SignedOut.ForwardedFor!;
                do
                {
                    user.SignedOut.ForwardedFor = "192.0.2.250";
                    last = await user.SignedOut.Login(user.Email, Wrong);
                } while (last.StatusCode != HttpStatusCode.TooManyRequests);
                user.SignedOut.ForwardedFor = from;
                return await user.SignedOut.Login(user.Email, Wrong);
            }
        ),
    };

    private static int s_clients;

    private RunningNode Node => proxied.Node;

    public static TheoryData<string> Refusals => [.. s_refusals.Keys];

    [Theory(DisplayName = "S-65 S-66 Each refused secret leaves one log line, without the secret")]
    [MemberData(nameof(Refusals))]
    public async Task Refused_secret_leaves_one_log_line_without_the_secret(string reason)
    {
        using TestUser user = await TestUser.New(Node);
        (_, string line, Func<TestUser, Task<HttpResponseMessage>> make) = s_refusals[reason];

        using HttpResponseMessage answer = await make(user);

        Assert.False(answer.IsSuccessStatusCode);
        string[] lines = Refused(user.From);
        Assert.True(lines.Length == 1, $"{lines.Length} lines: {string.Join('\n', lines)}");
        Assert.Matches(Pattern(line), lines[0]);
        Assert.DoesNotContain(
            Node.Log.Lines,
            written => written.Contains(Wrong, StringComparison.Ordinal)
        );
        Assert.DoesNotContain(
            Node.Log.Lines,
            written => written.Contains(user.Email, StringComparison.Ordinal)
        );
    }

    [Fact(DisplayName = "S-65 Refusals of every call that takes a secret are tested")]
    public void Refusals_of_every_call_that_takes_a_secret_are_tested()
    {
        IEnumerable<string> endpoints = Node
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
            endpoints.Except([
                .. s_refusals.Values.Select(refusal => refusal.Call),
                // Tested with passkeys below.
                "POST /login/passkey",
                "POST /passkeys",
            ])
        );
    }

    [Fact(DisplayName = "S-65 A refused passkey leaves one log line at each call that takes one")]
    public async Task Refused_passkey_leaves_one_log_line_at_each_call()
    {
        await using RunningNode node = await PasskeyNode.Start();
        using BrowserClient signedOut = PasskeyNode.Browser(node);
        using BrowserClient browser = PasskeyNode.Browser(node);
        await browser.Register(People.NewEmail()).Answered(HttpStatusCode.Created);
        JsonObject credential = [];

        using HttpResponseMessage login = await signedOut.PostLogin(Wrong, credential);
        using HttpResponseMessage stepUp = await browser.Post(
            "/step-up",
            new { challenge = Wrong, credential }
        );
        using HttpResponseMessage added = await browser.PostPasskey(Wrong, credential);

        string[] expected =
        [
            "passkey-refused at POST /login/passkey, unknown subject",
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
        DisplayName = "S-65 S-11 A forged cookie leaves one log line at each call that needs a session"
    )]
    [MemberData(nameof(Calls.NeedingASession), MemberType = typeof(Calls))]
    public async Task Forged_cookie_leaves_one_log_line(string method, string path)
    {
        using BrowserClient browser = SignedOut(Node);
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
        DisplayName = "S-65 A cookie that is forged, altered, of another kind or sent twice leaves one log line"
    )]
    [InlineData("/logout", "accessToken", "forged")]
    [InlineData("/logout", "refreshToken", "forged")]
    [InlineData("/refresh", "refreshToken", "forged")]
    [InlineData("/refresh", "refreshToken", "swapped")]
    [InlineData("/refresh", "refreshToken", "doubled")]
    [InlineData("/logout", "accessToken", "doubled")]
    [InlineData("/login", "deviceToken", "forged")]
    [InlineData("/login/second-factor", "loginToken", "forged")]
    public async Task Invalid_cookie_leaves_one_log_line(string path, string cookie, string fault)
    {
        using TestUser user = await TestUser.New(Node);
        string valid = user.Browser.AccessToken!;
        string value = fault == "forged" ? valid[..^1] + (valid[^1] == 'A' ? 'B' : 'A') : valid;
        using HttpRequestMessage request = new(HttpMethod.Post, path)
        {
            Content = path.StartsWith("/login", StringComparison.Ordinal)
                ? System.Net.Http.Json.JsonContent.Create<object>(
                    path == "/login"
                        ? new { email = user.Email, password = People.Password }
                        : new { code = "123456" }
                )
                : null,
        };
        request.Headers.TryAddWithoutValidation(
            "Cookie",
            fault == "doubled" ? $"{cookie}={value}; {cookie}={value}" : $"{cookie}={value}"
        );

        using HttpResponseMessage answer = await user.SignedOut.Send(request);

        Assert.Single(
            Refused(user.From),
            line =>
                line.Contains(
                    fault == "doubled" ? "cookie-doubled at POST" : "cookie-forged at POST",
                    StringComparison.Ordinal
                )
        );
    }

    [Fact(
        DisplayName = "S-65 Refresh token reuse and the revocation that follows are lines of the security log"
    )]
    public async Task Refresh_token_reuse_is_a_line_of_the_security_log()
    {
        using TestUser user = await TestUser.New(Node);
        string superseded = user.Browser.RefreshToken!;
        await user.Browser.Post("/refresh").Answered(HttpStatusCode.NoContent);
        Assert.True(await user.Browser.IsSignedIn());
        Node.Clock.Advance(TimeSpan.FromMinutes(5));
        user.SignedOut.RefreshToken = superseded;

        using HttpResponseMessage answer = await user.SignedOut.Post("/refresh");

        string line = Assert.Single(
            Node.Log.Lines,
            written =>
                written.Contains("Refresh token reuse", StringComparison.Ordinal)
                && written.Contains($"from {user.From}", StringComparison.Ordinal)
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
        DisplayName = "S-65 A refused registration leaves one log line, also where the answer does not reveal the refusal"
    )]
    [InlineData("private", "email-taken")]
    [InlineData("closed", "registration-closed")]
    public async Task Refused_registration_leaves_one_log_line(string registration, string code)
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["REGISTRATION"] = registration,
            }
        );
        string email = People.NewEmail();
        using BrowserClient first = SignedOut(node);
        using BrowserClient second = SignedOut(node);
        using HttpResponseMessage one = await first.Register(email);
        using HttpResponseMessage two = await second.Register(email);

        Assert.Equal(one.StatusCode, two.StatusCode);
        string line = Assert.Single(Refused(second.ForwardedFor!, node));
        Assert.Matches(Pattern($"{code} at POST /register, email {{short}}"), line);
    }

    [Fact(DisplayName = "S-65 A mail request that is throttled leaves one log line")]
    public async Task Throttled_mail_request_leaves_one_log_line()
    {
        using BrowserClient browser = SignedOut(Node);
        HttpStatusCode last = default;
        for (int i = 0; i < 1000 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using HttpResponseMessage answer = await browser.Post(
                "/password/forgot",
                new { email = People.NewEmail() }
            );
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        Assert.Matches(
            Pattern("too-many-tries at POST /password/forgot, email {short}"),
            Assert.Single(Refused(browser.ForwardedFor!))
        );
    }

    [Fact(
        DisplayName = "S-65 Each problem is logged as a refusal or listed here as one that refuses nothing for security"
    )]
    public void Problem_is_a_logged_refusal_or_listed_as_none()
    {
        string[] noRefusals =
        [
            // For requests without a session; an invalid cookie has a line of its own.
            "not-signed-in",
            "session-not-found",
            "unknown-host",
            "unavailable",
            "token-superseded",
            "refresh-superseded",
            "another-user",
            "busy",
            "internal",
            "invalid-field",
            "not-form",
            // A proxy that is set up in a wrong way.
            "not-forwarded",
            "already-verified",
            "second-factor-needed",
            "second-factor-on",
            "no-second-factor",
            "no-second-factor-pending",
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
                .Except(noRefusals)
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

    private static BrowserClient SignedOut(RunningNode node)
    {
        int client = Interlocked.Increment(ref s_clients);
        BrowserClient signedOut = node.NewBrowser();
        signedOut.ForwardedFor = string.Create(
            CultureInfo.InvariantCulture,
            $"10.{client / 250}.{client % 250}.7"
        );
        return signedOut;
    }

    private static string Pattern(string line) =>
        Regex
            .Escape("Refused: " + line)
            .Replace(@"\{user}", "[0-9a-f]{32}", StringComparison.Ordinal)
            .Replace(@"\{short}", "[0-9a-f]{12}", StringComparison.Ordinal) + ", from [0-9.]+$";

    /// <summary>A node behind a proxy, so that each test has its own client IP address.</summary>
    public sealed class ProxiedNode : IAsyncLifetime
    {
        public RunningNode Node { get; private set; } = null!;

        public async Task InitializeAsync() =>
            Node = await RunningNode.Start(
                new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" }
            );

        public async Task DisposeAsync() => await Node.DisposeAsync();
    }

    /// <summary>A user's signed-in browser and one without a session, both from an IP address that no other test has.</summary>
    private sealed class TestUser : IDisposable
    {
        private TestUser(
            RunningNode node,
            BrowserClient browser,
            BrowserClient signedOut,
            string email
        ) => (Node, Browser, SignedOut, Email) = (node, browser, signedOut, email);

        public RunningNode Node { get; }

        public BrowserClient Browser { get; }

        public BrowserClient SignedOut { get; }

        public string Email { get; }

        public string From => SignedOut.ForwardedFor!;

        public static async Task<TestUser> New(RunningNode node)
        {
            BrowserClient signedOut = RefusalLogTests.SignedOut(node);
            (BrowserClient browser, string email) = await node.NewUser();
            browser.ForwardedFor = signedOut.ForwardedFor;
            return new(node, browser, signedOut, email);
        }

        public async Task<string> Id() => (await Browser.Me()).GetProperty("userId").GetString()!;

        public Task<Authenticator> AddAuthenticator() => Authenticator.TurnOn(Node, Browser);

        public Task<Authenticator> OfferAuthenticator() => Authenticator.Offer(Node, Browser);

        public void Dispose()
        {
            Browser.Dispose();
            SignedOut.Dispose();
        }
    }
}
