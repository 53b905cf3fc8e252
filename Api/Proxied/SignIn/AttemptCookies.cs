using System.Globalization;
using SessionAuth.Api.Cookies;
using SessionAuth.Registry.Copies;
using SessionAuth.Registry.Keys;

namespace SessionAuth.Api.Proxied.SignIn;

/// <summary>
/// The cookies of sign-ins that a browser has begun at an application, for an hour each: five at most, for as many tabs,
/// and 4 KiB together, as much as proxies take in a header.
/// </summary>
internal sealed class AttemptCookies(SealedValues values, TimeProvider clock)
{
    private const string Prefix = "sessionauth-sign-in-";
    private const string Purpose = "sign-in attempt ";
    private const int Most = 5;
    private const int MostCharacters = 4_096;
    private const int TimeDigits = 8;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    /// <summary>Keeps an attempt, in place of the oldest ones if there are too many.</summary>
    public void Keep(HttpContext context, string origin, SignInAttempt attempt)
    {
        string time = ((uint)clock.GetUtcNow().ToUnixTimeSeconds()).ToString(
            "x8",
            CultureInfo.InvariantCulture
        );
        string value = values.Seal(Purpose + origin, attempt.Serialize());
        int count = 1;
        int characters = value.Length;
        foreach ((string name, int length) in Newest(context.Request, origin))
        {
            characters += length;
            if (++count > Most || characters > MostCharacters)
                HostCookies.Set(context.Response, origin, name, value: "", TimeSpan.Zero);
        }
        HostCookies.Set(context.Response, origin, Prefix + time + attempt.State, value, s_lifetime);
    }

    /// <summary>The attempt with a state; null when this browser has not begun it, or too long ago.</summary>
    /// <exception cref="RegistryUnavailableException">Its key is not held here yet.</exception>
    public async ValueTask<SignInAttempt?> Find(HttpContext context, string origin, string state)
    {
        if (NameOf(context.Request, origin, state) is not { } name)
            return null;

        string value = CookieHeader
            .Find(context.Request.Headers.Cookie, HostCookies.Name(origin, name), out _)
            .ToString();
        (OpenOutcome outcome, byte[]? content) = await values.Open(
            Purpose + origin,
            value,
            context.RequestAborted
        );
        return outcome switch
        {
            OpenOutcome.Opened => BegunAt(name) + s_lifetime > clock.GetUtcNow()
                ? SignInAttempt.Deserialize(content, state)
                : null,
            OpenOutcome.Invalid => null,
            OpenOutcome.KeyNotHeld => throw new RegistryUnavailableException(
                "The key of a sign-in's cookie is not held here yet."
            ),
        };
    }

    /// <summary>Ends an attempt.</summary>
    public static void Clear(HttpContext context, string origin, string state)
    {
        if (NameOf(context.Request, origin, state) is { } name)
            HostCookies.Set(context.Response, origin, name, value: "", TimeSpan.Zero);
    }

    // Bare names, with the lengths of their values.
    private static IEnumerable<(string Name, int Length)> Newest(
        HttpRequest request,
        string origin
    ) => All(request, origin).OrderByDescending(cookie => cookie.Name, StringComparer.Ordinal);

    private static IEnumerable<(string Name, int Length)> All(HttpRequest request, string origin)
    {
        string prefix = HostCookies.Name(origin, Prefix);
        foreach (string cookie in request.Headers.Cookie.SelectMany(line => line!.Split(';')))
        {
            string[] parts = cookie.Trim(' ', '\t').Split('=', 2);
            if (parts is [var name, var value] && name.StartsWith(prefix, StringComparison.Ordinal))
                yield return (Prefix + name[prefix.Length..], value.Length);
        }
    }

    private static string? NameOf(HttpRequest request, string origin, string state) =>
        All(request, origin)
            .Select(cookie => cookie.Name)
            .FirstOrDefault(name =>
                name.Length == Prefix.Length + TimeDigits + state.Length
                && name.EndsWith(state, StringComparison.Ordinal)
            );

    // The browser deletes it by then. Its time is not sealed: a browser that changes it harms nobody else.
    private static DateTimeOffset BegunAt(string name) =>
        uint.TryParse(
            name.AsSpan(Prefix.Length, TimeDigits),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out uint seconds
        )
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : DateTimeOffset.MinValue;
}
