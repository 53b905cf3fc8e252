using Microsoft.Playwright;
using SessionAuth.Browser.Tests.Running;

namespace SessionAuth.Browser.Tests;

/// <summary>What pages allow a browser to do, and what they store there.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageSecurityTests(BrowserFixture browser)
{
    [Fact(DisplayName = "S-01 Pages carry the headers, and Chromium runs no inline script in them")]
    public async Task Pages_carry_the_headers_and_Chromium_runs_no_inline_script_in_them()
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
            TimeSpan.FromSeconds(60),
            () =>
                Task.FromResult(
                    visitor.ConsoleErrors.Count(text =>
                        text.Contains("Content Security Policy", StringComparison.Ordinal)
                    ) >= 2
                )
        );
        Assert.False(await visitor.Page.EvaluateAsync<bool>("'owned' in window"));
    }

    [Fact(
        DisplayName = "S-07 Token is not in reach of scripts, in a URL or in the storage of the browser"
    )]
    public async Task Token_is_not_in_reach_of_scripts_in_a_URL_or_in_the_storage_of_the_browser()
    {
        await using Visitor visitor = await browser.NewVisitor();
        List<string> urls = [];
        visitor.Page.Request += (_, request) => urls.Add(request.Url);
        await visitor.Register(Visitor.NewEmail());
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
                    urls,
                    url => url.Contains(cookie.Value, StringComparison.Ordinal)
                );
            }
        );
        Assert.StartsWith("[\"\",{},{},", reach, StringComparison.Ordinal);
    }
}
