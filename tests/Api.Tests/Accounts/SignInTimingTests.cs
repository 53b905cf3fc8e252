using System.Diagnostics;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Accounts;

/// <summary>The time that a sign-in takes says nothing about the address, neither while tries are counted nor while they are held off.</summary>
public sealed class SignInTimingTests : IAsyncLifetime
{
    private const int Addresses = 4;
    private const int TriesAtEach = 50;
    private const int Rounds = 3;

    private RunningNode _node = null!;

    public async Task InitializeAsync() =>
        _node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["SIGN_IN_FAILURES_PER_ADDRESS"] = $"{TriesAtEach}",
                ["SIGN_IN_FAILURES_PER_NETWORK"] = "100000",
                ["SIGN_IN_FIRST_DELAY"] = "00:15:00",
            }
        );

    public async Task DisposeAsync() => await _node.DisposeAsync();

    [Fact(
        DisplayName = "S-27 An unknown address takes as long as a known one while tries are counted, and while they are held off: medians of 200 within a tenth"
    )]
    public async Task An_unknown_address_takes_as_long()
    {
        using BrowserClient browser = _node.NewBrowser();
        List<double> counted = [];
        List<double> heldOff = [];
        // Other work on the machine may fall on one of the two: a real difference would be there each time.
        for (int round = 0; round < Rounds && !(counted.Any(Fits) && heldOff.Any(Fits)); round++)
        {
            string[] known = await Registered();
            string[] unknown = [.. known.Select(_ => People.NewAddress())];
            counted.Add(await Ratio(browser, known, unknown, HttpStatusCode.Unauthorized));
            heldOff.Add(await Ratio(browser, known, unknown, HttpStatusCode.TooManyRequests));
        }

        Assert.True(counted.Any(Fits), $"unknown to known, counted: {List(counted)}");
        Assert.True(heldOff.Any(Fits), $"unknown to known, held off: {List(heldOff)}");
    }

    private static bool Fits(double ratio) => ratio is > 0.9 and < 1.1;

    private static string List(IEnumerable<double> ratios) => string.Join(", ", ratios);

    private async Task<string[]> Registered()
    {
        string[] addresses = [.. Enumerable.Range(0, Addresses).Select(_ => People.NewAddress())];
        foreach (string address in addresses)
        {
            using BrowserClient owner = _node.NewBrowser();
            using HttpResponseMessage registered = await owner.Register(address);
            Assert.Equal(HttpStatusCode.Created, registered.StatusCode);
        }

        return addresses;
    }

    private static async Task<double> Ratio(
        BrowserClient browser,
        string[] known,
        string[] unknown,
        HttpStatusCode expected
    )
    {
        List<double> knowns = [];
        List<double> unknowns = [];
        for (int i = 0; i < TriesAtEach; i++)
        {
            foreach ((string one, string other) in known.Zip(unknown))
            {
                knowns.Add(await Time(browser, one, expected));
                unknowns.Add(await Time(browser, other, expected));
            }
        }

        return Middle(unknowns) / Middle(knowns);
    }

    private static async Task<double> Time(
        BrowserClient browser,
        string address,
        HttpStatusCode expected
    )
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await browser.Login(address, "a wrong password");
        double taken = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Assert.Equal(expected, response.StatusCode);
        return taken;
    }

    private static double Middle(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
