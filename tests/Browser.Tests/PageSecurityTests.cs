using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>What the pages let happen in a browser, and what they leave there.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageSecurityTests(BrowserFixture browser)
{
    [Fact(DisplayName = "S-01 Pages carry the headers, and Chromium runs no inline script in them")]
    public async Task Pages_carry_the_headers_and_run_no_inline_script()
    {
        await using Visitor visitor = await browser.NewVisitor();
        IResponse page = (await visitor.Page.GotoAsync("/login"))!;
        await visitor.Heading("Sign in").WaitForAsync();

        Dictionary<string, string> headers = await page.AllHeadersAsync();
        string policy = headers["content-security-policy"];
        Assert.Contains("object-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe-", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", headers["x-content-type-options"]);
        Assert.Equal("no-referrer", headers["referrer-policy"]);
        Assert.Equal("same-origin", headers["cross-origin-opener-policy"]);

        await visitor.Page.EvaluateAsync(
            """
            () => {
              const script = document.createElement('script');
              script.textContent = 'window.owned = true';
              document.body.append(script);
              const image = document.createElement('div');
              image.innerHTML = '<img src="data:," onerror="window.owned = true">';
              document.body.append(image);
            }
            """
        );
        await Eventually.Holds(
            TimeSpan.FromSeconds(5),
            () =>
                Task.FromResult(
                    visitor.Complaints.Count(text =>
                        text.Contains("Content Security Policy", StringComparison.Ordinal)
                    ) >= 2
                )
        );
        Assert.False(await visitor.Page.EvaluateAsync<bool>("'owned' in window"));
    }

    [Fact(
        DisplayName = "S-07 No token is within reach of a script, in an address, or in the browser's storage"
    )]
    public async Task No_token_is_within_reach_of_a_script()
    {
        await using Visitor visitor = await browser.NewVisitor();
        List<string> addresses = [];
        visitor.Page.Request += (_, request) => addresses.Add(request.Url);
        await visitor.Register(Visitor.NewAddress());
        IReadOnlyList<BrowserContextCookiesResult> cookies = await visitor.Context.CookiesAsync();

        string reach = await visitor.Page.EvaluateAsync<string>(
            "JSON.stringify([document.cookie, {...localStorage}, {...sessionStorage}, document.documentElement.outerHTML])"
        );

        Assert.Equal(3, cookies.Count);
        Assert.All(
            cookies,
            cookie =>
            {
                Assert.True(cookie.HttpOnly);
                Assert.DoesNotContain(cookie.Value, reach, StringComparison.Ordinal);
                Assert.DoesNotContain(
                    addresses,
                    address => address.Contains(cookie.Value, StringComparison.Ordinal)
                );
            }
        );
        Assert.StartsWith("[\"\",{},{},", reach, StringComparison.Ordinal);
    }
}
