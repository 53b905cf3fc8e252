using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Chromium's own authenticator in software, as one that is built into a device and has a finger on it at once.</summary>
public static class PasskeyDevice
{
    /// <summary>Builds one into the device of this browser.</summary>
    public static async Task HavePasskeys(this Visitor visitor)
    {
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
