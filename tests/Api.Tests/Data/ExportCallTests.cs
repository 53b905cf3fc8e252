using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Data;

/// <summary>What an export costs.</summary>
public sealed class ExportCallTests
{
    [Fact]
    public async Task An_export_asks_each_session_once()
    {
        Descriptions descriptions = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services.AddSingleton<IIncomingGrainCallFilter>(descriptions)
        );
        (BrowserClient browser, string address) = await node.NewPerson();
        using BrowserClient second = node.NewBrowser();
        using BrowserClient third = node.NewBrowser();
        await second.Login(address).Answered(HttpStatusCode.OK);
        await third.Login(address).Answered(HttpStatusCode.OK);
        // Writes down what happened since, so that the export has nothing to do but to ask.
        await browser.Get("/me/activity").Answered(HttpStatusCode.OK);

        descriptions.Count = 0;
        await browser.Get("/me/export").Answered(HttpStatusCode.OK);

        Assert.Equal(3, descriptions.Count);
    }

    /// <summary>Counts how often a session is asked what it is.</summary>
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
