using Microsoft.Playwright;
using Xunit.Sdk;

namespace SessionAuth.Browser.Tests.Running;

/// <summary>
/// Whether the current test has failed. Pages are captured before their browsers close, when the framework does not
/// know the result yet.
/// </summary>
internal sealed class Failure
{
    private static readonly AsyncLocal<Failure?> s_current = new();

    static Failure() =>
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) =>
        {
            if (FailsATest(thrown.Exception))
                s_current.Value?.HasHappened = true;
        };

    public bool HasHappened { get; private set; }

    /// <summary>The state of the calling test; must be called without an await in between.</summary>
    public static Failure OfThisTest() => s_current.Value ??= new();

    // Some tests expect that a browser cannot load a page.
    private static bool FailsATest(Exception thrown) =>
        thrown is XunitException or TimeoutException
        || (
            thrown is PlaywrightException
            && !thrown.Message.Contains("net::ERR_", StringComparison.Ordinal)
        );
}
