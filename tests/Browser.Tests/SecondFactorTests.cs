using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Authenticator apps, recovery codes and step-up authentication.</summary>
[Collection(BrowserTests.Name)]
public sealed class SecondFactorTests(BrowserFixture browser)
{
    private static readonly string[][] WithApp =
    [
        ["password", "totp"],
        ["password", "recovery-code"],
        ["passkey"],
    ];

    [Fact]
    public async Task After_an_app_is_added_signing_in_requires_its_code_or_a_recovery_code()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        (AuthenticatorApp app, IReadOnlyList<string> codes) = await visitor.AddApp();
        Assert.Equal(10, codes.Distinct().Count());
        await visitor.SignOut();

        await visitor.SignInHere(email);
        await visitor.Heading("Two-step verification").WaitForAsync();
        string code = await app.Code();
        await Enter(visitor, code);
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.SignOut();

        await visitor.SignInHere(email);
        await visitor.Heading("Two-step verification").WaitForAsync();
        await Enter(visitor, code);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await EnterRecovery(visitor, codes[0]);
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.GoToSignInMethods();
        await Assertions
            .Expect(visitor.Page.GetByText("9 recovery codes are left."))
            .ToBeVisibleAsync();
        await visitor.SignOut();

        await visitor.SignInHere(email);
        await EnterRecovery(visitor, codes[0]);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(visitor.ConsoleErrors);
    }

    [Fact]
    public async Task QR_code_has_the_key_of_the_page_and_both_are_gone_after_cancelling()
    {
        string email = Visitor.NewEmail();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(email);
        await visitor.ReadKey();

        string key = (await visitor.Page.Locator("code.secret").InnerTextAsync()).Replace(" ", "");
        string uri = (
            await visitor
                .Page.GetByRole(AriaRole.Link, new() { Name = "Open in an app on this device" })
                .GetAttributeAsync("href")
        )!;
        Assert.StartsWith("otpauth://totp/", uri, StringComparison.Ordinal);
        Assert.Contains($"secret={key}", uri, StringComparison.Ordinal);
        Assert.Contains(email, Uri.UnescapeDataString(uri), StringComparison.Ordinal);
        Assert.True(
            await visitor
                .Page.GetByAltText("QR code for your authenticator app")
                .EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0")
        );

        await visitor.Button("Cancel").ClickAsync();
        Assert.DoesNotContain(key, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            key[..4],
            await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync(),
            StringComparison.Ordinal
        );
        await Assertions.Expect(visitor.Button("Set up authenticator app")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task User_with_an_unverified_email_is_asked_to_verify_it_first()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewEmail());
        await visitor.GoToSignInMethods();

        await Assertions
            .Expect(visitor.Page.GetByText("Verify your email first"))
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Resend email")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Set up authenticator app")).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Button("Add a passkey")).ToBeHiddenAsync();

        await visitor.VerifyEmail();
        await visitor.GoToSignInMethods();
        await Assertions.Expect(visitor.Button("Set up authenticator app")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Add a passkey")).ToBeVisibleAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("Verify your email first"))
            .ToBeHiddenAsync();
    }

    [Fact]
    public async Task Step_up_dialog_asks_for_the_password()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        await visitor.VerifyEmail();
        await visitor.GoToSignInMethods();
        await visitor.RequireStepUp("/factors/totp", ["password"], ["passkey"]);

        await visitor.Button("Set up authenticator app").ClickAsync();
        ILocator dialog = visitor.Dialog("Confirm it's you");
        ILocator password = dialog.GetByLabel("Your password", new() { Exact = true });
        await password.FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(password).ToHaveAccessibleDescriptionAsync("Incorrect password.");
        await password.FillAsync(Visitor.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.Locator("code.secret")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Step_up_dialog_of_an_account_with_an_app_asks_for_both_and_can_be_cancelled()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        (AuthenticatorApp app, _) = await visitor.AddApp();
        ILocator dialog = visitor.Dialog("Confirm it's you");

        await visitor.RequireStepUp("/factors/totp", WithApp);
        await TurnOff(visitor);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Button("Turn off")).ToBeEnabledAsync();

        await visitor.RequireStepUp("/factors/totp", WithApp);
        await TurnOff(visitor);
        await dialog
            .GetByLabel("Your password", new() { Exact = true })
            .FillAsync(Visitor.Password);
        await dialog.GetByLabel("Authenticator code").FillAsync(await app.Code());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(visitor.Button("Set up authenticator app")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Recovery_code_fits_its_field_and_is_accepted_for_a_step_up()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewEmail());
        (_, IReadOnlyList<string> codes) = await visitor.AddApp();
        await visitor.Page.SetViewportSizeAsync(320, 640);
        ILocator dialog = visitor.Dialog("Confirm it's you");

        await visitor.RequireStepUp("/factors/totp", WithApp);
        await TurnOff(visitor);
        await dialog
            .GetByLabel("Your password", new() { Exact = true })
            .FillAsync(Visitor.Password);
        await dialog
            .GetByRole(AriaRole.Button, new() { Name = "Use a recovery code instead" })
            .ClickAsync();
        ILocator code = dialog.GetByLabel("Recovery code");
        await code.FillAsync(codes[0]);

        Assert.True(await code.EvaluateAsync<bool>("it => it.scrollWidth <= it.clientWidth"));
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(visitor.Button("Set up authenticator app")).ToBeVisibleAsync();
    }

    private static async Task TurnOff(Visitor visitor)
    {
        await visitor.Button("Turn off").ClickAsync();
        await visitor.Button("Turn it off").ClickAsync();
    }

    private static async Task Enter(Visitor visitor, string code)
    {
        await visitor.Page.GetByLabel("Authenticator code").FillAsync(code);
        await visitor.Button("Continue").ClickAsync();
    }

    private static async Task EnterRecovery(Visitor visitor, string code)
    {
        await visitor.Button("Use a recovery code instead").ClickAsync();
        await visitor.Page.GetByLabel("Recovery code").FillAsync(code);
        await visitor.Button("Continue").ClickAsync();
    }
}
