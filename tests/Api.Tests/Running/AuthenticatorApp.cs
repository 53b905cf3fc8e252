using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;

namespace SessionAuth.Api.Tests.Running;

/// <summary>Somebody's authenticator app, and the recovery codes that came with it.</summary>
public sealed class AuthenticatorApp
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly RunningNode _node;
    private readonly Totp _app;

    private AuthenticatorApp(RunningNode node, string secret)
    {
        _node = node;
        _app = new(Base32Encoding.ToBytes(secret));
    }

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>Turns the app on for whoever has just proved in the browser who they are.</summary>
    public static async Task<AuthenticatorApp> Add(RunningNode node, BrowserClient browser)
    {
        AuthenticatorApp app = await Offer(node, browser);
        using HttpResponseMessage confirmed = await browser.Post(
            "/factors/totp/confirm",
            new { code = app.NextCode() }
        );
        Assert.Equal(HttpStatusCode.OK, confirmed.StatusCode);
        JsonElement codes = await confirmed.Content.ReadFromJsonAsync<JsonElement>();
        app.RecoveryCodes =
        [
            .. codes
                .GetProperty("recoveryCodes")
                .EnumerateArray()
                .Select(code => code.GetString()!),
        ];
        return app;
    }

    /// <summary>Has an app offered, and does not turn it on.</summary>
    public static async Task<AuthenticatorApp> Offer(RunningNode node, BrowserClient browser)
    {
        using HttpResponseMessage offered = await browser.Post("/factors/totp");
        Assert.Equal(HttpStatusCode.OK, offered.StatusCode);
        JsonElement offer = await offered.Content.ReadFromJsonAsync<JsonElement>();
        return new(node, offer.GetProperty("secret").GetString()!);
    }

    /// <summary>A code that was not used before: that of the next half-minute.</summary>
    public string NextCode()
    {
        _node.Clock.Advance(Step);
        return Code();
    }

    /// <summary>The code that the app shows now.</summary>
    public string Code() => _app.ComputeTotp(_node.Clock.GetUtcNow().UtcDateTime);

    /// <summary>A code that is neither this half-minute's nor one near it.</summary>
    public string WrongCode(int turn = 0)
    {
        DateTime now = _node.Clock.GetUtcNow().UtcDateTime;
        string[] near =
        [
            .. Enumerable.Range(-2, 5).Select(i => _app.ComputeTotp(now + (i * Step))),
        ];
        string code;
        do code = (turn++ % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        while (near.Contains(code));
        return code;
    }
}
