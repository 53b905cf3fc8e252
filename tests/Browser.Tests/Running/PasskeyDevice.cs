using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Chromium's own authenticator in software, as one that is built into a device and has a finger on it at once.</summary>
public static class PasskeyDevice
{
    /// <summary>Builds one into the device of this browser, before the first page is opened.</summary>
    /// <param name="visitor">Whose device it is.</param>
    /// <param name="suggested">
    /// Whether the browser suggests passkeys at the address field; the finger takes the first suggestion at once.
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
