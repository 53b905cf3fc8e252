using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;
using SessionAuth.Providers;

namespace SessionAuth.Api.Tests.Health;

/// <summary>Health checks of storage are limited in the writes that they cause.</summary>
public sealed class StorageHealthTests
{
    [Fact(
        DisplayName = "S-51 A thousand parallel storage health checks cause at most one write a second"
    )]
    public async Task Parallel_storage_checks_share_one_write_a_second()
    {
        CountingProbe probe = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IStorageProbe>(probe)
        );
        using BrowserClient browser = node.NewBrowser();
        DateTimeOffset began = DateTimeOffset.UtcNow;

        await Parallel.ForAsync(
            0,
            1000,
            async (_, _) =>
            {
                using HttpResponseMessage answer = await browser.Get("/healthz/storage");
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        );

        int seconds = (int)Math.Ceiling((DateTimeOffset.UtcNow - began).TotalSeconds);
        Assert.InRange(probe.Writes, 1, seconds + 1);
    }

    [Fact(
        DisplayName = "S-51 Through a trusted proxy the storage health check is 404 and causes no write"
    )]
    public async Task Storage_check_is_404_through_a_proxy()
    {
        CountingProbe probe = new();
        await using RunningNode node = await RunningNode.Start(
            new Dictionary<string, string> { ["TRUSTED_PROXIES"] = "127.0.0.1" },
            configure: services => services.AddSingleton<IStorageProbe>(probe)
        );
        using BrowserClient browser = node.NewBrowser();
        browser.ForwardedFor = "203.0.113.7";

        await browser.Get("/healthz/storage").Refused(HttpStatusCode.NotFound, "not-found");
        Assert.Equal(0, probe.Writes);
        using HttpResponseMessage ready = await browser.Get("/healthz/ready");
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        browser.ForwardedFor = null;
        using HttpResponseMessage own = await browser.Get("/healthz/storage");
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        Assert.Equal(1, probe.Writes);
    }

    [Theory(DisplayName = "A monitor that sends HEAD sees that storage takes no writes")]
    [InlineData("GET")]
    [InlineData("HEAD")]
    public async Task Monitor_sees_by_GET_and_HEAD_that_storage_takes_no_writes(string method)
    {
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IStorageProbe>(new CountingProbe { Answer = false })
        );
        using BrowserClient browser = node.NewBrowser();

        using HttpResponseMessage answer = await browser.Send(
            new(new HttpMethod(method), "/healthz/storage")
        );

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(method == "HEAD", body.Length == 0);
    }

    /// <summary>Counts its calls, beside the probe of the storage.</summary>
    private sealed class CountingProbe : IStorageProbe
    {
        private int _writes;

        public bool Answer { get; init; } = true;

        public int Writes => Volatile.Read(ref _writes);

        public Task<bool> CanWriteAsync(CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _writes);
            return Task.FromResult(Answer);
        }
    }
}
