using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>Whoever asks for a reset does not learn from the time that it takes whether there is an account.</summary>
public sealed class ForgotTimingTests : IAsyncLifetime
{
    private const int Tries = 200;

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string> { ["SIGN_IN_THROTTLE"] = "off" }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-27 Asking for a reset takes as long at an unknown address as at a known one: medians of 200 within a tenth, also when no more mails are sent"
    )]
    public async Task Asking_for_a_reset_takes_as_long()
    {
        using BrowserClient browser = _node.NewBrowser();
        string[] known = [.. Enumerable.Range(0, Tries).Select(_ => People.NewAddress())];
        foreach (string address in known)
        {
            using BrowserClient owner = _node.NewBrowser();
            using HttpResponseMessage registered = await owner.Register(address);
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        }

        string[] unknown = [.. known.Select(_ => People.NewAddress())];
        // The first round is the compiler's.
        const int Rounds = 7;
        const int MailsPerHour = 5;
        List<double> sent = [];
        List<double> unsent = [];
        for (int round = 0; round < Rounds; round++)
        {
            double ratio = await Ratio(browser, known, unknown);
            (round < MailsPerHour ? sent : unsent).Add(ratio);
        }

        // Other work on the machine may fall on one of the two: a real difference would be there each time.
        Assert.True(sent.Skip(1).Any(IsWithinATenth), $"unknown to known, sent: {List(sent)}");
        Assert.True(unsent.Any(IsWithinATenth), $"unknown to known, unsent: {List(unsent)}");
    }

    private static bool IsWithinATenth(double ratio) => ratio is > 0.9 and < 1.1;

    private static string List(IEnumerable<double> ratios) => string.Join(", ", ratios);

    private static async Task<double> Ratio(BrowserClient browser, string[] known, string[] unknown)
    {
        ConcurrentBag<double> knowns = [];
        ConcurrentBag<double> unknowns = [];
        ParallelOptions atOnce = new() { MaxDegreeOfParallelism = 10 };
        await Parallel.ForAsync(
            0,
            known.Length,
            atOnce,
            async (i, _) =>
            {
                knowns.Add(await Time(browser, known[i]));
                unknowns.Add(await Time(browser, unknown[i]));
            }
        );
        return Middle(unknowns) / Middle(knowns);
    }

    private static async Task<double> Time(BrowserClient browser, string address)
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await browser.Post(
            "/password/forgot",
            new { email = address }
        );
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return taken;
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ElementAt(Tries / 2);
}
