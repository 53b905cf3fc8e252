using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using SessionAuth.Api.Tests.Running;

namespace SessionAuth.Api.Tests.Security;

/// <summary>Orleans logs slow grains by their keys, which for sessions are secret.</summary>
public sealed class SlowGrainLogTests
{
    [Fact(
        DisplayName = "S-66 Orleans logs a session that does not answer in time by its fingerprint"
    )]
    public async Task Slow_session_is_logged_by_its_fingerprint()
    {
        SlowSessions sessions = new();
        await using RunningNode node = await RunningNode.Start(configure: services =>
            services
                .AddSingleton<IIncomingGrainCallFilter>(sessions)
                .Configure<SiloMessagingOptions>(silo => silo.ResponseTimeout = sessions.Timeout)
                .Configure<ClientMessagingOptions>(client =>
                    client.ResponseTimeout = sessions.Timeout
                )
        );
        using BrowserClient browser = node.NewBrowser();
        await browser.Register(People.NewEmail());
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

    /// <summary>Delays all calls to sessions while they do not answer.</summary>
    private sealed class SlowSessions : IIncomingGrainCallFilter
    {
        private readonly TaskCompletionSource _resumed = new();

        public TimeSpan Timeout { get; } = TimeSpan.FromSeconds(1);

        public bool Answering
        {
            get;
            set
            {
                field = value;
                if (value)
                    _resumed.TrySetResult();
            }
        } = true;

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            if (!Answering && context.TargetId.Type.ToString() == "session")
                await _resumed.Task;
            await context.Invoke();
        }
    }
}
