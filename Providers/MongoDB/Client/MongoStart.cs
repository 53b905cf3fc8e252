using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>The first operations after a start, which wait for a database that is not there yet.</summary>
internal sealed partial class MongoStart(
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MongoStart> logger
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Repeats what may be repeated until it succeeds or the process is asked to stop.</summary>
    /// <exception cref="OrleansConfigurationException">
    /// The database refuses us, or we refuse its certificate: waiting cannot help.
    /// </exception>
    public async Task UntilDone(
        IMongoClient client,
        string what,
        Func<CancellationToken, Task> step,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            lifetime.ApplicationStopping
        );
        CancellationToken stopping = either.Token;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await step(stopping);
                return;
            }
            catch (Exception e)
                when (e is MongoException or TimeoutException or OperationCanceledException
                    && !stopping.IsCancellationRequested
                )
            {
                if (MongoRefusal.Of(e, client) is { } refusal)
                    throw new OrleansConfigurationException(refusal, e);
                LogWaiting(what, MongoFailure.Reason(e), attempt);
            }
            // At random around the pause: nodes that wait for one database must not come back all at once.
            await Task.Delay(Pause * (0.75 + Random.Shared.NextDouble() / 2), clock, stopping);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "MongoDB: {What} has to wait, since {Reason}. Trying again (attempt {Attempt})"
    )]
    private partial void LogWaiting(string what, string reason, int attempt);
}
