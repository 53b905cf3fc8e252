using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>The grain calls that an export makes.</summary>
public sealed class ExportCallTests
{
    [Fact]
    public async Task Export_calls_each_session_once()
    {
        Descriptions descriptions = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(descriptions)
        );
        (BrowserClient browser, string email) = await node.NewUser();
        using BrowserClient second = node.NewBrowser();
        using BrowserClient third = node.NewBrowser();
        await second.Login(email).Answered(HttpStatusCode.OK);
        await third.Login(email).Answered(HttpStatusCode.OK);
        // Writes the pending activity, so that the export only reads.
        await browser.Get("/me/activity").Answered(HttpStatusCode.OK);

        descriptions.Count = 0;
        await browser.Get("/me/export").Answered(HttpStatusCode.OK);

        Assert.Equal(3, descriptions.Count);
    }

    /// <summary>Counts the calls that read a session.</summary>
    private sealed class Descriptions : IIncomingGrainCallFilter
    {
        private int _count;

        public int Count
        {
            get => Volatile.Read(ref _count);
            set => Volatile.Write(ref _count, value);
        }

        public Task Invoke(IIncomingGrainCallContext context)
        {
            if (context.MethodName == "Describe")
                Interlocked.Increment(ref _count);
            return context.Invoke();
        }
    }
}
