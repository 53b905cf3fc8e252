using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using OtpNet;

namespace SessionAuth.Api.Tests.Running;

/// <summary>An authenticator app that uses the node's clock. Each fresh code is of a later time step than the ones before.</summary>
public sealed class Authenticator(RunningNode node, string secret)
{
    private static readonly TimeSpan s_step = TimeSpan.FromSeconds(30);

    private readonly Totp _totp = new(Base32Encoding.ToBytes(secret));
    private IReadOnlyList<string> _codes = [];

    public string Secret => secret;

    public IReadOnlyList<string> RecoveryCodes => _codes;

    /// <summary>The code of the current time step, or of one before or after it.</summary>
    public string Code(int steps = 0) =>
        _totp.ComputeTotp((node.Clock.GetUtcNow() + steps * s_step).UtcDateTime);

    /// <summary>The code of the next time step; the node's clock is moved there.</summary>
    public string FreshCode()
    {
        node.Clock.Advance(s_step);
        return Code();
    }

    /// <summary>A code that is wrong in the time steps around the current one.</summary>
    public string WrongCode(int turn = 0)
    {
        string[] near = [.. Enumerable.Range(-2, 5).Select(Code)];
        string code;
        do code = (turn++ % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        while (near.Contains(code));
        return code;
    }

    /// <summary>Adds an authenticator app to the account and confirms it.</summary>
    public static async Task<Authenticator> TurnOn(RunningNode node, BrowserClient browser)
    {
        Authenticator app = await Offer(node, browser);
        using HttpResponseMessage confirmed = await browser.Post(
            "/factors/totp/confirm",
            new { code = app.Code() }
        );
        confirmed.EnsureSuccessStatusCode();
        app._codes = await Codes(confirmed);
        return app;
    }

    /// <summary>Requests an authenticator app without confirming it.</summary>
    public static async Task<Authenticator> Offer(RunningNode node, BrowserClient browser)
    {
        await browser.VerifyEmail();
        JsonElement offer = await browser.Post("/factors/totp").Answered(HttpStatusCode.OK);
        return new(node, offer.GetProperty("secret").GetString()!);
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
