using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// Chromium's virtual authenticator, as one that is built into the device and verifies the user at once.
/// </summary>
public static class PasskeyDevice
{
    /// <summary>Adds an authenticator to this browser, before the first page is opened.</summary>
    /// <param name="visitor">The visitor who gets it.</param>
    /// <param name="suggested">
    /// Whether the browser suggests passkeys at the email field; the first suggestion is taken at once.
    /// </param>
    public static async Task HavePasskeys(this Visitor visitor, bool suggested = false)
    {
        if (!suggested)
            await visitor.Page.AddInitScriptAsync(
                "PublicKeyCredential.isConditionalMediationAvailable = async () => false"
            );
        ICDPSession devTools = await visitor.Context.NewCDPSessionAsync(visitor.Page);
        await devTools.SendAsync("WebAuthn.enable");
        Dictionary<string, object> options = new()
        {
            ["protocol"] = "ctap2",
            ["transport"] = "internal",
            ["hasResidentKey"] = true,
            ["hasUserVerification"] = true,
            ["isUserVerified"] = true,
            ["automaticPresenceSimulation"] = true,
        };
        await devTools.SendAsync(
            "WebAuthn.addVirtualAuthenticator",
            new() { ["options"] = options }
        );
    }
}
