using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>What Orleans writes of grains that are slow, which it names by their keys.</summary>
public sealed class SlowGrainLogTests
{
    [Fact(DisplayName = "S-66 A session that does not answer in time is logged by its fingerprint")]
    public async Task A_session_that_does_not_answer_in_time_is_logged_by_its_fingerprint()
    {
        SlowSessions sessions = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services
                .AddSingleton<IIncomingGrainCallFilter>(sessions)
                .Configure<SiloMessagingOptions>(silo => silo.ResponseTimeout = sessions.Patience)
                .Configure<ClientMessagingOptions>(client =>
                    client.ResponseTimeout = sessions.Patience
                )
        );
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewAddress());
        string id = await browser.SessionId();
        string fingerprint = Domain.Sessions.SessionId.Parse(id).Fingerprint;

        sessions.Answering = false;
        using HttpResponseMessage response = await browser.Get("/test");
        sessions.Answering = true;

        Assert.Equal(System.Net.HttpStatusCode.ServiceUnavailable, response.StatusCode);
        string log = string.Join('\n', node.Log.Lines);
        Assert.Contains($"session/{fingerprint}", log, StringComparison.Ordinal);
        Assert.DoesNotContain(id, log, StringComparison.Ordinal);
    }

    /// <summary>Sessions that hold every call until they answer again.</summary>
    private sealed class SlowSessions : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _again = new();

        public TimeSpan Patience { get; } = TimeSpan.FromSeconds(1);

        public bool Answering
        {
            get;
            set
            {
                field = value;
                if (value)
                    _again.TrySetResult();
            }
        } = true;

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (!Answering && context.TargetId.Type.ToString() == "session")
                await _again.Task;
            await context.Invoke();
        }
    }
}
