using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The time of a failed sign-in does not reveal whether an account exists, neither before nor while attempts are throttled.</summary>
[Trait("Category", "Timing")]
public sealed class SignInTimingTests : IAsyncLifetime
{
    private const int Emails = 4;
    private const int AttemptsForEach = 50;

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_FAILURES_PER_EMAIL"] = $"{AttemptsForEach}",
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
                ["SIGN_IN_FIRST_DELAY"] = "00:15:00",
            },
            realHashes: true
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-27 A sign-in takes as long for an unknown email as for a known one, both while attempts are evaluated and while they are throttled: medians of 200 within 10%"
    )]
    public async Task Failed_sign_in_takes_as_long_for_an_unknown_email()
    {
        using BrowserClient browser = _node.NewBrowser();
        List<double> evaluated = [];
        List<double> throttled = [];
        for (
            int round = 0;
            round < PairedTimes.Rounds
                && !(
                    evaluated.Any(PairedTimes.IsWithinATenth)
                    && throttled.Any(PairedTimes.IsWithinATenth)
                );
            round++
        )
        {
            string[] known = await Registered();
            string[] unknown = [.. known.Select(_ => People.NewEmail())];
            evaluated.Add(await Ratio(browser, known, unknown, HttpStatusCode.Unauthorized));
            throttled.Add(await Ratio(browser, known, unknown, HttpStatusCode.TooManyRequests));
        }

        Assert.True(
            evaluated.Any(PairedTimes.IsWithinATenth),
            $"ratio of unknown to known, evaluated: {List(evaluated)}"
        );
        Assert.True(
            throttled.Any(PairedTimes.IsWithinATenth),
            $"ratio of unknown to known, throttled: {List(throttled)}"
        );
    }

    private static string List(IEnumerable<double> ratios) => string.Join(", ", ratios);

    private async Task<string[]> Registered()
    {
        string[] emails = [.. Enumerable.Range(0, Emails).Select(_ => People.NewEmail())];
        foreach (string email in emails)
        {
            using BrowserClient owner = _node.NewBrowser();
            using HttpResponseMessage registered = await owner.Register(email);
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        }

        return emails;
    }

    private static async Task<double> Ratio(
        BrowserClient browser,
        string[] known,
        string[] unknown,
        HttpStatusCode expected
    )
    {
        PairedTimes times = new();
        for (int i = 0; i < AttemptsForEach; i++)
        {
            foreach ((string one, string other) in known.Zip(unknown))
                await times.Add(
                    () => Time(browser, other, expected),
                    () => Time(browser, one, expected)
                );
        }

        return times.Ratio();
    }

    private static Task<double> Time(
        BrowserClient browser,
        string email,
        HttpStatusCode expected
    ) =>
        PairedTimes.Time(
            () => browser.Login(email, "a wrong password"),
            response => Assert.Equal(expected, response.StatusCode)
        );
}
