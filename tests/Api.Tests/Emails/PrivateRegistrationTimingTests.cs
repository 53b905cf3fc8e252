using System.Globalization;
using System.Net;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Emails;

/// <summary>With REGISTRATION=private, the time of a registration does not reveal whether the email is taken.</summary>
[Trait("Category", "Timing")]
public sealed class PrivateRegistrationTimingTests
{
    private const int Registrations = 60;

    [Fact(
        DisplayName = "S-27 With private registration, a taken email takes as long to register as a free one: medians of 60 within 10%"
    )]
    public async Task Registration_of_a_taken_email_takes_as_long_as_of_a_free_one()
    {
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string>
            {
                ["REGISTRATION"] = "private",
                ["TRUSTED_PROXIES"] = "127.0.0.1",
                ["SIGN_IN_THROTTLE"] = "off",
            },
            realHashes: true
        );
        string[] taken = [.. Enumerable.Range(0, Registrations).Select(_ => People.NewEmail())];
        await Parallel.ForEachAsync(taken, async (email, _) => await Time(node, email, network: 0));
        List<double> ratios = [];
        for (
            int round = 0;
            round < PairedTimes.Rounds && !ratios.Exists(PairedTimes.IsWithinATenth);
            round++
        )
        {
            PairedTimes times = new();
            await Parallel.ForAsync(
                0,
                Registrations,
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                async (i, _) =>
                    await times.Add(
                        () => Time(node, taken[i], i),
                        () => Time(node, People.NewEmail(), i)
                    )
            );
            ratios.Add(times.Ratio());
        }

        Assert.True(
            ratios.Exists(PairedTimes.IsWithinATenth),
            $"ratio of taken to free: {string.Join(", ", ratios)}"
        );
    }

    private static async Task<double> Time(RunningNode node, string email, int network)
    {
        using BrowserClient browser = node.NewBrowser();
        browser.ForwardedFor = string.Create(
            CultureInfo.InvariantCulture,
            $"10.{network}.{Random.Shared.Next(256)}.7"
        );
        using HttpResponseMessage warm = await browser.Get("/healthz/live");
        return await PairedTimes.Time(
            () => browser.Register(email),
            response => Assert.Equal(HttpStatusCode.Accepted, response.StatusCode)
        );
    }
}
