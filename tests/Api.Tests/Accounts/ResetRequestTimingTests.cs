using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The time that a reset request takes does not reveal whether an account exists (user enumeration).</summary>
[Trait("Category", "Timing")]
public sealed class ResetRequestTimingTests : IAsyncLifetime
{
    private const int Requests = 200;

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_THROTTLE"] = "off" }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-27 A reset request takes as long for an unknown email as for a known one, also while mails are throttled: medians of 200 within 10%"
    )]
    public async Task Reset_request_takes_as_long_for_an_unknown_email()
    {
        using BrowserClient browser = _node.NewBrowser();
        string[] known = [.. Enumerable.Range(0, Requests).Select(_ => People.NewEmail())];
        foreach (string email in known)
        {
            using BrowserClient owner = _node.NewBrowser();
            using HttpResponseMessage registered = await owner.Register(email);
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        }

        string[] unknown = [.. known.Select(_ => People.NewEmail())];
        // The first round includes just-in-time compilation.
        const int Rounds = 7;
        const int MailsPerHour = 5;
        List<double> sent = [];
        List<double> throttled = [];
        for (int round = 0; round < Rounds; round++)
        {
            double ratio = await Ratio(browser, known, unknown);
            (round < MailsPerHour ? sent : throttled).Add(ratio);
        }

        Assert.True(
            sent.Skip(1).Any(PairedTimes.IsWithinATenth),
            $"ratio of unknown to known, sent: {List(sent)}"
        );
        Assert.True(
            throttled.Any(PairedTimes.IsWithinATenth),
            $"ratio of unknown to known, throttled: {List(throttled)}"
        );
    }

    private static string List(IEnumerable<double> ratios) => string.Join(", ", ratios);

    private static async Task<double> Ratio(BrowserClient browser, string[] known, string[] unknown)
    {
        PairedTimes times = new();
        await Parallel.ForAsync(
            0,
            known.Length,
            new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (i, _) =>
                await times.Add(() => Time(browser, unknown[i]), () => Time(browser, known[i]))
        );
        return times.Ratio();
    }

    private static Task<double> Time(BrowserClient browser, string email) =>
        PairedTimes.Time(
            () => browser.Post("/password/forgot", new { email }),
            response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode)
        );
}
