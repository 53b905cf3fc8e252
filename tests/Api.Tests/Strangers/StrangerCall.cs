using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SessionAuth.Api.Tests.Strangers;

/// <summary>A call that anybody can make, each time about somebody else.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Make">Makes the nth.</param>
/// <param name="AtOnce">How many are under way: those that wait before they are answered need more.</param>
internal sealed record StrangerCall(
    string Name,
    Func<StrangerCall.Target, int, HttpRequestMessage> Make,
    int AtOnce = 32
)
{
    private const string Password = "a stranger's guess";

    /// <summary>Whom they are made against.</summary>
    /// <param name="Known">The address of somebody who has an account.</param>
    /// <param name="Challenge">A passkey's challenge.</param>
    internal sealed record Target(string Known, string Challenge);

    public static IReadOnlyList<StrangerCall> All { get; } =
    [
        new(
            "login, nobody's address",
            (_, n) => Post("/login", new { email = Nobody(n), password = Password })
        ),
        new(
            "login, somebody's address",
            (to, _) => Post("/login", new { email = to.Known, password = Password })
        ),
        new(
            "register",
            (_, n) => Post("/register", new { email = Nobody(n), password = Password })
        ),
        new(
            "register, a taken address",
            (to, _) => Post("/register", new { email = to.Known, password = Password })
        ),
        new(
            "forgot, nobody's address",
            (_, n) => Post("/password/forgot", new { email = Nobody(n) }),
            AtOnce: 400
        ),
        new(
            "forgot, somebody's address",
            (to, _) => Post("/password/forgot", new { email = to.Known }),
            AtOnce: 400
        ),
        new(
            "reset, made up",
            (_, n) => Post("/password/reset", new { token = Link(n), password = Password })
        ),
        new(
            "verification, made up",
            (_, n) =>
                Post("/email/verification/confirm", new { token = Link(n), password = Password })
        ),
        new("challenge", (_, _) => Post("/login/passkey/options", body: null)),
        new(
            "passkey, made up",
            (to, n) =>
                Post("/login/passkey", new { challenge = to.Challenge, credential = Credential(n) })
        ),
        new(
            "second factor, no first",
            (_, n) => Post("/login/second-factor", new { code = $"{n % 1_000_000:D6}" })
        ),
        new("refresh, forged", (_, n) => Forged(Post("/refresh", body: null), "refreshToken", n)),
        new("logout, forged", (_, n) => Forged(Post("/logout", body: null), "accessToken", n)),
        new("test, forged", (_, n) => Forged(new(HttpMethod.Get, "/test"), "accessToken", n)),
        new(
            "events, forged",
            (_, n) => Forged(new(HttpMethod.Get, "/sessions/events"), "accessToken", n)
        ),
        new("what is not understood", (_, n) => Post("/login", new { email = n })),
        new("nothing there", (_, n) => new(HttpMethod.Get, $"/{Guid.NewGuid():N}/{n}")),
        new(
            "health",
            (_, n) => new(HttpMethod.Get, n % 2 == 0 ? "/healthz/ready" : "/healthz/storage")
        ),
        new("document", (_, _) => new(HttpMethod.Get, "/openapi/v1.json")),
        new("page", (_, n) => new(HttpMethod.Get, n % 2 == 0 ? "/" : "/dev/mail")),
    ];

    /// <summary>The nth, from a network that is no other's.</summary>
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

    private static string Nobody(int n) => $"{Guid.NewGuid():N}-{n}@example.org";

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
