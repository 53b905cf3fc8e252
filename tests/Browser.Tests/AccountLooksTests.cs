using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>The pages and dialogs of an account's whole life, in light and dark, on a desktop and a phone.</summary>
[Collection(BrowserTests.Name)]
public sealed class AccountLooksTests(BrowserFixture browser)
{
    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task Every_page_that_a_mail_leads_to_fits_the_screen_and_axe_finds_nothing(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        Looks looks = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(looks.Screen());
        await using Visitor other = await browser.NewVisitor(looks.Screen());
        string address = NewAddress();
        string newAddress = NewAddress();
        await visitor.Register(address);
        await visitor.Page.GetByText("on this device only").WaitForAsync();
        await visitor.Button("Send the mail again").ClickAsync();
        await visitor.Page.GetByText("It can take a minute.").First.WaitForAsync();
        await looks.At(visitor, "unverified");

        await other.FollowMail(address, Subjects.Verify);
        await other.Heading("Verify your address").WaitForAsync();
        await other.Button("I did not choose a password here").ClickAsync();
        await looks.At(other, "verify-password");
        await visitor.FindMail(address, Subjects.Verify);
        await looks.At(visitor, "mailbox");
        await visitor.FollowMail(address, Subjects.Verify);
        await visitor.Heading("Verify your address").WaitForAsync();
        await looks.At(visitor, "verify");
        await visitor.Button("Verify this address").ClickAsync();
        await visitor.Heading("Your address is verified").WaitForAsync();
        await looks.At(visitor, "verified");

        await visitor.Button("Go to your account").ClickAsync();
        await visitor.GoToAddress();
        await visitor.Page.GetByLabel("New address").FillAsync(newAddress);
        await visitor.Button("Change address").ClickAsync();
        await visitor.Page.GetByText("is under way").WaitForAsync();
        await other.FollowMail(newAddress, Subjects.NewAddress);
        await other.Page.GetByText("Sign in to the account whose").First.WaitForAsync();
        await looks.At(other, "new-address-signed-out");
        await visitor.FollowMail(newAddress, Subjects.NewAddress);
        await visitor.Heading("Confirm your new address").WaitForAsync();
        await looks.At(visitor, "new-address");

        await other.Page.GotoAsync("/forgot");
        await other.Heading("Choose a new password").WaitForAsync();
        await looks.At(other, "forgot");
        await other.Page.GetByLabel("E-mail address").FillAsync(address);
        await other.Button("Send the mail").ClickAsync();
        await other.Heading("Look into your mail").WaitForAsync();
        await looks.At(other, "look-at-mail");
        await other.FollowMail(address, Subjects.Reset);
        await other.Page.GetByLabel("New password", new() { Exact = true }).FillAsync("qwertzuiop");
        await other.Page.Locator(".strength:not([hidden])").WaitForAsync();
        await looks.At(other, "reset");
        await other.Page.GotoAsync("/reset");
        await other.Heading("This link is not valid any more").WaitForAsync();
        await looks.At(other, "link-refused");
        Assert.Empty(visitor.Complaints);
        Assert.Empty(other.Complaints);
    }

    [Theory]
    [MemberData(nameof(Looks.Screens), MemberType = typeof(Looks))]
    public async Task Every_section_and_dialog_of_the_account_fits_the_screen_and_axe_finds_nothing(
        ColorScheme scheme,
        int width,
        int height
    )
    {
        Looks looks = new(scheme, width, height);
        await using Visitor visitor = await browser.NewVisitor(looks.Screen());
        await visitor.HavePasskeys();
        string address = NewAddress();
        await visitor.Register(address);

        await visitor.GoToSignInMethods();
        await visitor.Page.GetByText("You have no passkey yet.").WaitForAsync();
        await looks.At(visitor, "sign-in-methods-unverified", whole: true);
        await visitor.VerifyAddress();
        await visitor.GoToSignInMethods();
        await visitor.Page.GetByText("You have no passkey yet.").WaitForAsync();
        await looks.At(visitor, "sign-in-methods", whole: true);
        await visitor.HaveOldProof("/factors/totp", ["password"], ["passkey"]);
        await visitor.Button("Set up an app").ClickAsync();
        await visitor.Dialog("Is it still you?").WaitForAsync();
        await looks.At(visitor, "step-up-password");
        await visitor.Button("Cancel").ClickAsync();
        AuthenticatorApp app = await visitor.ReadKey();
        await looks.At(visitor, "totp-setup", whole: true);
        await visitor
            .Page.GetByLabel("The code that the app shows now")
            .FillAsync(await app.Code());
        await visitor.Button("Turn on").ClickAsync();
        ILocator codes = visitor.Dialog("Your recovery codes");
        await codes.WaitForAsync();
        await looks.At(visitor, "recovery-codes");
        string recoveryCode = await codes.GetByRole(AriaRole.Listitem).First.InnerTextAsync();
        await visitor.Button("I have kept them").ClickAsync();
        await visitor.Page.GetByText("10 recovery codes are left.").WaitForAsync();
        await visitor.AddPasskey("Ada's laptop with a rather long name that has to wrap somewhere");
        await looks.At(visitor, "passkeys", whole: true);
        await visitor.HaveOldProof(
            "/factors/totp",
            ["password", "totp"],
            ["password", "recovery-code"],
            ["passkey"]
        );
        await visitor.Button("Turn off").ClickAsync();
        await looks.At(visitor, "turn-off");
        await visitor.Button("Turn it off").ClickAsync();
        await visitor.Dialog("Is it still you?").WaitForAsync();
        await looks.At(visitor, "step-up-both");
        await visitor.Button("Cancel").ClickAsync();

        await visitor.GoToAddress();
        await visitor.Page.GetByLabel("New address").FillAsync(NewAddress());
        await visitor.Button("Change address").ClickAsync();
        await visitor.Page.GetByText("is under way").WaitForAsync();
        await visitor
            .Page.GetByLabel("New password", new() { Exact = true })
            .FillAsync("violet tractor under seven moons");
        await visitor.Page.Locator(".strength:not([hidden])").WaitForAsync();
        await looks.At(visitor, "address", whole: true);
        await visitor.Button("Delete my account").ClickAsync();
        await visitor.Dialog("Delete your account?").WaitForAsync();
        await looks.At(visitor, "delete");
        await visitor.Button("Keep it").ClickAsync();

        await visitor.SignOut();
        await visitor.SignInHere(address);
        await visitor.Heading("One more step").WaitForAsync();
        await looks.At(visitor, "second-factor");
        await visitor.Page.GetByLabel("Code of your authenticator app").FillAsync("12345");
        await visitor.Button("Continue").ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await looks.At(visitor, "second-factor-refused");
        await visitor.Button("Use a recovery code instead").ClickAsync();
        ILocator field = visitor.Page.GetByLabel("Recovery code", new() { Exact = true });
        await field.FillAsync(recoveryCode);
        Assert.True(
            await field.EvaluateAsync<bool>("input => input.scrollWidth <= input.clientWidth"),
            "the field is narrower than a code"
        );
        await looks.At(visitor, "second-factor-recovery");
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
        await looks.At(visitor, "activity", whole: true);
        Assert.Empty(visitor.Complaints);
    }

    private static string NewAddress() => $"ada-{Guid.NewGuid().ToString("N")[..6]}@example.org";
}
