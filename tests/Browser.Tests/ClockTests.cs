using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>Devices whose clocks are wrong.</summary>
[Collection(BrowserTests.Name)]
public sealed class ClockTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(-2 * 60)]
    [InlineData(-365 * 24 * 60)]
    [InlineData(365 * 24 * 60)]
    public async Task Times_are_computed_from_the_clock_of_the_server(int minutesOff)
    {
        string email = Visitor.NewEmail();
        await using Visitor phone = await browser.NewVisitor();
        await phone.Register(email);
        await using Visitor visitor = await browser.NewVisitor();
        await visitor.Page.AddInitScriptAsync(
            $$"""
            const Real = Date;
            const off = {{minutesOff}} * 60000;
            window.Date = class extends Real {
              constructor(...parts) { super(...(parts.length ? parts : [Real.now() + off])); }
              static now() { return Real.now() + off; }
            };
            """
        );

        await visitor.SignIn(email);

        ILocator other = visitor.Devices.Nth(1);
        await Assertions.Expect(other).ToContainTextAsync("Last seen just now");
        await Assertions.Expect(other).ToContainTextAsync("Signed in just now");
        await Assertions.Expect(other).ToContainTextAsync("ends in 30 days");
        await visitor.GoTo("Activity", "Recent activity");
        await Assertions
            .Expect(visitor.Page.GetByRole(AriaRole.Listitem).First)
            .ToContainTextAsync("just now");
    }
}
