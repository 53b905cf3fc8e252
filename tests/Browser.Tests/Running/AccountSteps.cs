using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>Steps of a user on the account pages.</summary>
public static class AccountSteps
{
    /// <summary>Follows a link above the sections.</summary>
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

    public static Task GoToEmail(this Visitor visitor) =>
        visitor.GoTo("Email", "Email and password");

    /// <summary>Verifies the email with the mailed link unless it is verified, and returns to the account.</summary>
    public static async Task VerifyEmail(this Visitor visitor)
    {
        string? email = await visitor.Page.EvaluateAsync<string?>(
            "async () => { const me = await (await fetch('/me')).json(); return me.emailVerified ? null : me.email; }"
        );
        if (email is null)
            return;

        await visitor.FollowMail(email, Subjects.Verify);
        await visitor.Button("Verify email").ClickAsync();
        await visitor.Heading("Your email is verified").WaitForAsync();
        await visitor.Button("Go to your account").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Navigation).WaitForAsync();
    }

    public static async Task SignOut(this Visitor visitor)
    {
        await visitor.Button("Sign out").ClickAsync();
        await visitor.Heading("Sign in").WaitForAsync();
    }

    /// <summary>Starts adding an authenticator app with the key that the page shows.</summary>
    public static async Task<AuthenticatorApp> ReadKey(this Visitor visitor)
    {
        await visitor.VerifyEmail();
        await visitor.GoToSignInMethods();
        await visitor.Button("Set up authenticator app").ClickAsync();
        ILocator key = visitor.Page.Locator("code.secret");
        await key.WaitForAsync();
        return new(await key.InnerTextAsync());
    }

    /// <summary>Adds an authenticator app.</summary>
    /// <returns>The app and the recovery codes that the page shows.</returns>
    public static async Task<(AuthenticatorApp App, IReadOnlyList<string> Codes)> AddApp(
        this Visitor visitor
    )
    {
        AuthenticatorApp app = await visitor.ReadKey();
        await visitor.Page.GetByLabel("Code from the app").FillAsync(await app.Code());
        await visitor.Button("Turn on").ClickAsync();
        ILocator dialog = visitor.Dialog("Your recovery codes");
        await dialog.WaitForAsync();
        IReadOnlyList<string> codes = await dialog
            .GetByRole(AriaRole.Listitem)
            .AllInnerTextsAsync();
        await visitor.Button("I saved them").ClickAsync();
        await visitor.Page.GetByText("10 recovery codes are left.").WaitForAsync();
        return (app, codes);
    }

    public static async Task AddPasskey(this Visitor visitor, string name)
    {
        await visitor.VerifyEmail();
        await visitor.GoToSignInMethods();
        await visitor.Page.GetByLabel("Passkey name").FillAsync(name);
        await visitor.Button("Add a passkey").ClickAsync();
        await visitor
            .Page.GetByRole(AriaRole.Button, new() { Name = $"Remove the passkey {name}" })
            .WaitForAsync();
    }

    public static ILocator Dialog(this Visitor visitor, string name) =>
        visitor.Page.GetByRole(AriaRole.Dialog, new() { Name = name });
}
