using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>The accessibility checks of axe-core.</summary>
/// <remarks>
/// It runs in the page itself. The pages have no frames, so their results need not be collected in another page, for which
/// the browser would start several processes.
/// </remarks>
internal static class Axe
{
    private static readonly string s_script = new BundledAxeScriptProvider().GetScript();

    /// <summary>What is wrong with the page in its current state.</summary>
    public static async Task<string[]> Violations(IPage page)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
            await page.EvaluateAsync($"() => {{ {s_script} }}");
        return await page.EvaluateAsync<string[]>(
            """
            async () =>
              (await axe.run({ resultTypes: ['violations'] })).violations.map(
                (it) => `${it.id}: ${it.help} ${it.nodes[0].html}`,
              )
            """
        );
    }
}
