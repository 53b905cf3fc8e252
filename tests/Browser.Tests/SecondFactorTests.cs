using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>An authenticator app and its recovery codes, and proving anew who is there.</summary>
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
    public async Task After_an_app_is_added_signing_in_takes_its_code_or_a_recovery_code()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        (AuthenticatorApp app, IReadOnlyList<string> codes) = await visitor.AddApp();
        Assert.Equal(10, codes.Distinct().Count());
        await visitor.SignOut();

        await visitor.SignInHere(address);
        await visitor.Heading("One more step").WaitForAsync();
        string code = await app.Code();
        await Enter(visitor, code);
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.SignOut();

        await visitor.SignInHere(address);
        await visitor.Heading("One more step").WaitForAsync();
        await Enter(visitor, code);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await EnterRecovery(visitor, codes[0]);
        await visitor.Heading("Your devices").WaitForAsync();
        await visitor.GoToSignInMethods();
        await Assertions
            .Expect(visitor.Page.GetByText("9 recovery codes are left."))
            .ToBeVisibleAsync();
        await visitor.SignOut();

        await visitor.SignInHere(address);
        await EnterRecovery(visitor, codes[0]);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Empty(visitor.Complaints);
    }

    [Fact]
    public async Task The_picture_says_what_the_page_says_and_both_are_gone_after_cancelling()
    {
        string address = Visitor.NewAddress();
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(address);
        await visitor.ReadKey();

        string key = (await visitor.Page.Locator("code.secret").InnerTextAsync()).Replace(" ", "");
        string uri = (
            await visitor
                .Page.GetByRole(AriaRole.Link, new() { Name = "Open in an app on this device" })
                .GetAttributeAsync("href")
        )!;
        Assert.StartsWith("otpauth://totp/", uri, StringComparison.Ordinal);
        Assert.Contains($"secret={key}", uri, StringComparison.Ordinal);
        Assert.Contains(address, Uri.UnescapeDataString(uri), StringComparison.Ordinal);
        Assert.True(
            await visitor
                .Page.GetByAltText("QR code with the key for your authenticator app")
                .EvaluateAsync<bool>("image => image.complete && image.naturalWidth > 0")
        );

        await visitor.Button("Cancel").ClickAsync();
        Assert.DoesNotContain(key, await visitor.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(
            key[..4],
            await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync(),
            StringComparison.Ordinal
        );
        await Assertions.Expect(visitor.Button("Set up an app")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Who_has_not_verified_the_address_is_told_to_do_that_first()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.HavePasskeys();
        await visitor.Register(Visitor.NewAddress());
        await visitor.GoToSignInMethods();

        await Assertions
            .Expect(visitor.Page.GetByText("Verify your e-mail address first"))
            .ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Send the mail again")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Set up an app")).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Button("Add a passkey")).ToBeHiddenAsync();

        await visitor.VerifyAddress();
        await visitor.GoToSignInMethods();
        await Assertions.Expect(visitor.Button("Set up an app")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Button("Add a passkey")).ToBeVisibleAsync();
        await Assertions
            .Expect(visitor.Page.GetByText("Verify your e-mail address first"))
            .ToBeHiddenAsync();
    }

    [Fact]
    public async Task Where_the_proof_is_old_a_dialog_asks_for_the_password()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
        await visitor.VerifyAddress();
        await visitor.GoToSignInMethods();
        await visitor.HaveOldProof("/factors/totp", ["password"], ["passkey"]);

        await visitor.Button("Set up an app").ClickAsync();
        ILocator dialog = visitor.Dialog("Is it still you?");
        ILocator password = dialog.GetByLabel("Your password", new() { Exact = true });
        await password.FillAsync("not the password");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions
            .Expect(password)
            .ToHaveAccessibleDescriptionAsync("That is not the password of this account.");
        await password.FillAsync(Visitor.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();

        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Page.Locator("code.secret")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Where_the_proof_is_old_an_account_with_an_app_is_asked_for_both_and_may_say_no()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
        (AuthenticatorApp app, _) = await visitor.AddApp();
        ILocator dialog = visitor.Dialog("Is it still you?");

        await visitor.HaveOldProof("/factors/totp", WithApp);
        await TurnOff(visitor);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
        await Assertions.Expect(visitor.Button("Turn off")).ToBeEnabledAsync();

        await visitor.HaveOldProof("/factors/totp", WithApp);
        await TurnOff(visitor);
        await dialog
            .GetByLabel("Your password", new() { Exact = true })
            .FillAsync(Visitor.Password);
        await dialog.GetByLabel("Code of your authenticator app").FillAsync(await app.Code());
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        await Assertions.Expect(visitor.Button("Set up an app")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_recovery_code_is_seen_whole_where_it_is_typed_and_good_as_a_proof()
    {
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Register(Visitor.NewAddress());
        (_, IReadOnlyList<string> codes) = await visitor.AddApp();
        await visitor.Page.SetViewportSizeAsync(320, 640);
        ILocator dialog = visitor.Dialog("Is it still you?");

        await visitor.HaveOldProof("/factors/totp", WithApp);
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
        await Assertions.Expect(visitor.Button("Set up an app")).ToBeVisibleAsync();
    }

    private static async Task TurnOff(Visitor visitor)
    {
        await visitor.Button("Turn off").ClickAsync();
        await visitor.Button("Turn it off").ClickAsync();
    }

    private static async Task Enter(Visitor visitor, string code)
    {
        await visitor.Page.GetByLabel("Code of your authenticator app").FillAsync(code);
        await visitor.Button("Continue").ClickAsync();
    }

    private static async Task EnterRecovery(Visitor visitor, string code)
    {
        await visitor.Button("Use a recovery code instead").ClickAsync();
        await visitor.Page.GetByLabel("Recovery code").FillAsync(code);
        await visitor.Button("Continue").ClickAsync();
    }
}
