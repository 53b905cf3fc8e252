using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SessionAuth.Api.Tests.UnauthenticatedClients;

/// <summary>A call that needs no session; each one names other data.</summary>
/// <param name="Name">The name of the call.</param>
/// <param name="Make">Makes the nth request.</param>
/// <param name="Parallelism">The number of parallel requests: calls that are delayed on purpose need more.</param>
internal sealed record UnauthenticatedCall(
    string Name,
    Func<UnauthenticatedCall.Target, int, HttpRequestMessage> Make,
    int Parallelism = 32
)
{
    private const string Password = "a wrong password";

    /// <summary>What the calls refer to.</summary>
    /// <param name="Known">An email with an account.</param>
    /// <param name="Challenge">A passkey challenge.</param>
    internal sealed record Target(string Known, string Challenge);

    public static IReadOnlyList<UnauthenticatedCall> All { get; } =
    [
        new(
            "login, unknown email",
            (_, n) => Post("/login", new { email = UnknownEmail(n), password = Password })
        ),
        new(
            "login, known email",
            (to, _) => Post("/login", new { email = to.Known, password = Password })
        ),
        new(
            "register",
            (_, n) => Post("/register", new { email = UnknownEmail(n), password = Password })
        ),
        new(
            "register, taken email",
            (to, _) => Post("/register", new { email = to.Known, password = Password })
        ),
        new(
            "forgot, unknown email",
            (_, n) => Post("/password/forgot", new { email = UnknownEmail(n) }),
            Parallelism: 400
        ),
        new(
            "forgot, known email",
            (to, _) => Post("/password/forgot", new { email = to.Known }),
            Parallelism: 400
        ),
        new(
            "reset, invented token",
            (_, n) => Post("/password/reset", new { token = Link(n), password = Password })
        ),
        new(
            "verification, invented token",
            (_, n) =>
                Post("/email/verification/confirm", new { token = Link(n), password = Password })
        ),
        new("challenge", (_, _) => Post("/login/passkey/options", body: null)),
        new(
            "passkey, invented credential",
            (to, n) =>
                Post("/login/passkey", new { challenge = to.Challenge, credential = Credential(n) })
        ),
        new(
            "second factor, no login cookie",
            (_, n) => Post("/login/second-factor", new { code = $"{n % 1_000_000:D6}" })
        ),
        new("refresh, forged", (_, n) => Forged(Post("/refresh", body: null), "refreshToken", n)),
        new("logout, forged", (_, n) => Forged(Post("/logout", body: null), "accessToken", n)),
        new("test, forged", (_, n) => Forged(new(HttpMethod.Get, "/test"), "accessToken", n)),
        new(
            "events, forged",
            (_, n) => Forged(new(HttpMethod.Get, "/sessions/events"), "accessToken", n)
        ),
        new("invalid body", (_, n) => Post("/login", new { email = n })),
        new("unknown path", (_, n) => new(HttpMethod.Get, $"/{Guid.NewGuid():N}/{n}")),
        new(
            "health",
            (_, n) => new(HttpMethod.Get, n % 2 == 0 ? "/healthz/ready" : "/healthz/storage")
        ),
        new("document", (_, _) => new(HttpMethod.Get, "/openapi/v1.json")),
        new("page", (_, n) => new(HttpMethod.Get, n % 2 == 0 ? "/" : "/dev/mail")),
    ];

    /// <summary>The nth request, from a network of its own.</summary>
    public HttpRequestMessage Nth(Target to, int n)
    {
        HttpRequestMessage request = Make(to, n);
        request.Headers.TryAddWithoutValidation(
            "X-Forwarded-For",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{11 + (n >> 16)}.{(n >> 8) & 255}.{n & 255}.9"
            )
        );
        return request;
    }

    private static HttpRequestMessage Post(string path, object? body) =>
        new(HttpMethod.Post, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType()),
        };

    private static HttpRequestMessage Forged(HttpRequestMessage request, string cookie, int n)
    {
        request.Headers.TryAddWithoutValidation(
            "Cookie",
            $"{cookie}={Guid.NewGuid():N}.{n}.{new string('A', 43)}"
        );
        return request;
    }

    private static string UnknownEmail(int n) => $"{Guid.NewGuid():N}-{n}@example.org";

    private static string Link(int n) => $"{Guid.NewGuid():N}.made-up-{n}";

    private static JsonObject Credential(int n) =>
        new()
        {
            ["id"] = $"made-up-{n}",
            ["rawId"] = $"made-up-{n}",
            ["type"] = "public-key",
            ["response"] = new JsonObject
            {
                ["userHandle"] = Convert
                    .ToBase64String(System.Text.Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}"))
                    .TrimEnd('='),
            },
        };
}
