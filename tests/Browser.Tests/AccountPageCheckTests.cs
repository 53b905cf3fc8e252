using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages and dialogs of an account, in light and dark, on a desktop and a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccountPageCheckTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(PageCheck.Screens), MemberType = typeof(PageCheck))]
    public async Task Every_page_that_a_mail_links_to_fits_the_screen_and_passes_axe(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        PageCheck check = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(check.Screen());
        await using Visitor other = await browser.NewVisitor(check.Screen());
        string email = NewEmail();
        string newEmail = NewEmail();
        await visitor.Register(email);
        await visitor.Page.GetByText("on this device only").WaitForAsync();
        await visitor.Button("Resend email").ClickAsync();
        await visitor.Page.GetByText("It can take a minute to arrive.").First.WaitForAsync();
        await check.Verify(visitor, "unverified");

        await other.FollowMail(email, Subjects.Verify);
        await other.Heading("Verify your email").WaitForAsync();
        await other.Button("I didn't create this account").ClickAsync();
        await check.Verify(other, "verify-password");
        await visitor.FindMail(email, Subjects.Verify);
        await check.Verify(visitor, "mailbox");
        await visitor.FollowMail(email, Subjects.Verify);
        await visitor.Heading("Verify your email").WaitForAsync();
        await check.Verify(visitor, "verify");
        await visitor.Button("Verify email").ClickAsync();
        await visitor.Heading("Your email is verified").WaitForAsync();
        await check.Verify(visitor, "verified");

        await visitor.Button("Go to your account").ClickAsync();
        await visitor.GoToEmail();
        await visitor.Page.GetByLabel("New email").FillAsync(newEmail);
        await visitor.Button("Change email").ClickAsync();
        await visitor.Page.GetByText("Waiting for confirmation").WaitForAsync();
        await other.FollowMail(newEmail, Subjects.NewEmail);
        await other.Page.GetByText("Sign in to confirm your new email").First.WaitForAsync();
        await check.Verify(other, "new-email-signed-out");
        await visitor.FollowMail(newEmail, Subjects.NewEmail);
        await visitor.Heading("Confirm your new email").WaitForAsync();
        await check.Verify(visitor, "new-email");

        await other.Page.GotoAsync("/forgot");
        await other.Heading("Choose a new password").WaitForAsync();
        await check.Verify(other, "forgot");
        await other.Page.GetByLabel("Email").FillAsync(email);
        await other.Button("Send link").ClickAsync();
        await other.Heading("Check your email").WaitForAsync();
        await check.Verify(other, "look-at-mail");
        await other.FollowMail(email, Subjects.Reset);
        await other.Page.GetByLabel("New password", new() { Exact = true }).FillAsync("qwertzuiop");
        await other.Page.Locator(".strength:not([hidden])").WaitForAsync();
        await check.Verify(other, "reset");
        await other.Page.GotoAsync("/reset");
        await other.Heading("This link is no longer valid").WaitForAsync();
        await check.Verify(other, "link-refused");
        Assert.Empty(visitor.ConsoleErrors);
        Assert.Empty(other.ConsoleErrors);
    }

    [Theory]
    [MemberData(nameof(PageCheck.Screens), MemberType = typeof(PageCheck))]
    public async Task Every_section_and_dialog_of_the_account_fits_the_screen_and_passes_axe(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        PageCheck check = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(check.Screen());
        await visitor.HavePasskeys();
        string email = NewEmail();
        await visitor.Register(email);

        await visitor.GoToSignInMethods();
        await visitor.Page.GetByText("No passkeys yet.").WaitForAsync();
        await check.Verify(visitor, "sign-in-methods-unverified", whole: true);
        await visitor.VerifyEmail();
        await visitor.GoToSignInMethods();
        await visitor.Page.GetByText("No passkeys yet.").WaitForAsync();
        await check.Verify(visitor, "sign-in-methods", whole: true);
        await visitor.RequireStepUp("/factors/totp", ["password"], ["passkey"]);
        await visitor.Button("Set up authenticator app").ClickAsync();
        await visitor.Dialog("Confirm it's you").WaitForAsync();
        await check.Verify(visitor, "step-up-password");
        await visitor.Button("Cancel").ClickAsync();
        AuthenticatorApp app = await visitor.ReadKey();
        await check.Verify(visitor, "totp-setup", whole: true);
        await visitor.Page.GetByLabel("Code from the app").FillAsync(await app.Code());
        await visitor.Button("Turn on").ClickAsync();
        ILocator codes = visitor.Dialog("Your recovery codes");
        await codes.WaitForAsync();
        await check.Verify(visitor, "recovery-codes");
        string recoveryCode = await codes.GetByRole(AriaRole.Listitem).First.InnerTextAsync();
        await visitor.Button("I saved them").ClickAsync();
        await visitor.Page.GetByText("10 recovery codes are left.").WaitForAsync();
        await visitor.AddPasskey("Ada's laptop with a rather long name that has to wrap somewhere");
        await check.Verify(visitor, "passkeys", whole: true);
        await visitor.RequireStepUp(
            "/factors/totp",
            ["password", "totp"],
            ["password", "recovery-code"],
            ["passkey"]
        );
        await visitor.Button("Turn off").ClickAsync();
        await check.Verify(visitor, "turn-off");
        await visitor.Button("Turn it off").ClickAsync();
        await visitor.Dialog("Confirm it's you").WaitForAsync();
        await check.Verify(visitor, "step-up-both");
        await visitor.Button("Cancel").ClickAsync();

        await visitor.GoToEmail();
        await visitor.Page.GetByLabel("New email").FillAsync(NewEmail());
        await visitor.Button("Change email").ClickAsync();
        await visitor.Page.GetByText("Waiting for confirmation").WaitForAsync();
        await visitor
            .Page.GetByLabel("New password", new() { Exact = true })
            .FillAsync("violet tractor under seven moons");
        await visitor.Page.Locator(".strength:not([hidden])").WaitForAsync();
        await check.Verify(visitor, "email", whole: true);
        await visitor.Button("Delete my account").ClickAsync();
        await visitor.Dialog("Delete your account?").WaitForAsync();
        await check.Verify(visitor, "delete");
        await visitor.Button("Keep it").ClickAsync();

        await visitor.SignOut();
        await visitor.SignInHere(email);
        await visitor.Heading("Two-step verification").WaitForAsync();
        await check.Verify(visitor, "second-factor");
        await visitor.Page.GetByLabel("Authenticator code").FillAsync("12345");
        await visitor.Button("Continue").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await check.Verify(visitor, "second-factor-refused");
        await visitor.Button("Use a recovery code instead").ClickAsync();
        ILocator field = visitor.Page.GetByLabel("Recovery code", new() { Exact = true });
        await field.FillAsync(recoveryCode);
        Assert.True(
            await field.EvaluateAsync<bool>("input => input.scrollWidth <= input.clientWidth"),
            "the field is narrower than a code"
        );
        await check.Verify(visitor, "second-factor-recovery");
        await visitor.Page.SetViewportSizeAsync(320, 640);
        Assert.True(
            await field.EvaluateAsync<bool>("input => input.scrollWidth <= input.clientWidth"),
            "the field is narrower than a code on a small phone"
        );
        await visitor.Page.SetViewportSizeAsync(width, height);
        await visitor.Button("Use a passkey").ClickAsync();
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.GoTo("Activity", "Recent activity");
        await visitor.Page.GetByText("You registered").WaitForAsync();
        await check.Verify(visitor, "activity", whole: true);
        Assert.Empty(visitor.ConsoleErrors);
    }

    private static string NewEmail() => $"ada-{Guid.NewGuid().ToString("N")[..6]}@example.org";
}
