using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>What people do on the pages of their account.</summary>
public static class AccountSteps
{
    /// <summary>Takes the way over the links above the sections.</summary>
    public static async Task GoTo(this Visitor visitor, string link, string heading)
    {
        await visitor
            .Page.GetByRole(AriaRole.Navigation)
            .GetByRole(AriaRole.Link, new() { Name = link })
            .ClickAsync();
        await visitor.Heading(heading).WaitForAsync();
    }

    public static Task GoToSignInMethods(this Visitor visitor) =>
        visitor.GoTo("Sign-in", "Sign-in methods");

    public static Task GoToAddress(this Visitor visitor) =>
        visitor.GoTo("Address", "Address and password");

    /// <summary>Verifies the address by the mailed link, unless it is, and comes back to the account.</summary>
    public static async Task VerifyAddress(this Visitor visitor)
    {
        string? address = await visitor.Page.EvaluateAsync<string?>(
            "async () => { const me = await (await fetch('/me')).json(); return me.emailVerified ? null : me.email; }"
        );
        if (address is null)
            return;

        await visitor.FollowMail(address, Subjects.Verify);
        await visitor.Button("Verify this address").ClickAsync();
        await visitor.Heading("Your address is verified").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Navigation).WaitForAsync();
    }

    public static async Task SignOut(this Visitor visitor)
    {
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Heading("Sign in").WaitForAsync();
    }

    /// <summary>Begins to add an authenticator app, and reads the key that the page shows into one.</summary>
    public static async Task<AuthenticatorApp> ReadKey(this Visitor visitor)
    {
        await visitor.VerifyAddress();
        await visitor.GoToSignInMethods();
        await visitor.Button("Set up an app").ClickAsync();
        ILocator key = visitor.Page.Locator("code.secret");
        await key.WaitForAsync();
        return new(await key.InnerTextAsync());
    }

    /// <summary>Adds an authenticator app.</summary>
    /// <returns>The app, and the recovery codes that the page shows.</returns>
    public static async Task<(AuthenticatorApp App, IReadOnlyList<string> Codes)> AddApp(
        this Visitor visitor
    )
    {
        AuthenticatorApp app = await visitor.ReadKey();
        await visitor
            .Page.GetByLabel("The code that the app shows now")
            .FillAsync(await app.Code());
        await visitor.Button("Turn on").ClickAsync();
        ILocator dialog = visitor.Dialog("Your recovery codes");
        await dialog.WaitForAsync();
        IReadOnlyList<string> codes = await dialog
            .GetByRole(AriaRole.Listitem)
            .AllInnerTextsAsync();
        await visitor.Button("I have kept them").ClickAsync();
        await visitor.Page.GetByText("10 recovery codes are left.").WaitForAsync();
        return (app, codes);
    }

    public static async Task AddPasskey(this Visitor visitor, string name)
    {
        await visitor.VerifyAddress();
        await visitor.GoToSignInMethods();
        await visitor.Page.GetByLabel("Name of the new passkey").FillAsync(name);
        await visitor.Button("Add a passkey").ClickAsync();
        await visitor
            .Page.GetByRole(AriaRole.Button, new() { Name = $"Remove the passkey {name}" })
            .WaitForAsync();
    }

    public static ILocator Dialog(this Visitor visitor, string name) =>
        visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = name });
}
