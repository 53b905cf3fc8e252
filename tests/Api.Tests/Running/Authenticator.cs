using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;

namespace SessionAuth.Api.Tests.Running;

/// <summary>An authenticator app, whose clock is the node's. Each code is of a time step that was not used before.</summary>
public sealed class Authenticator(RunningNode node, string secret)
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private readonly Totp _totp = new(Base32Encoding.ToBytes(secret));
    private IReadOnlyList<string> _codes = [];

    public string Secret => secret;

    public IReadOnlyList<string> RecoveryCodes => _codes;

    /// <summary>The code of now, or of so many steps from now.</summary>
    public string Code(int steps = 0) =>
        _totp.ComputeTotp((node.Clock.GetUtcNow() + steps * s_step).UtcDateTime);

    /// <summary>The code of a step that was not used: the clock is moved there.</summary>
    public string FreshCode()
    {
        node.Clock.Advance(s_step);
        return Code();
    }

    /// <summary>Turns an authenticator app on.</summary>
    public static async Task<Authenticator> TurnOn(RunningNode node, BrowserClient browser)
    {
        using HttpResponseMessage offered = await browser.Post("/factors/totp");
        JsonElement offer = await offered.Content.ReadFromJsonAsync<JsonElement>();
        Authenticator app = new(node, offer.GetProperty("secret").GetString()!);
        using HttpResponseMessage confirmed = await browser.Post(
            "/factors/totp/confirm",
            new { code = app.Code() }
        );
        confirmed.EnsureSuccessStatusCode();
        app._codes = await Codes(confirmed);
        return app;
    }

    /// <summary>The recovery codes in an answer.</summary>
    public static async Task<IReadOnlyList<string>> Codes(HttpResponseMessage answer)
    {
        JsonElement body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return
        [
            .. body.GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!),
        ];
    }
}
