using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MongoDB.Driver;

namespace SessionAuth.Providers.MongoDB.Client;

/// <summary>Runs the first operations after a start, and waits for a database that is not available yet.</summary>
internal sealed partial class MongoStart(
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<MongoStart> logger
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>Retries an idempotent step until it succeeds or the process is asked to stop.</summary>
    /// <exception cref="OrleansConfigurationException">
    /// The credentials or the certificate are refused: waiting cannot help.
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
            // Jitter, so that nodes that wait for the same database do not retry in lockstep.
            await Task.Delay(Pause * (0.75 + Random.Shared.NextDouble() / 2), clock, stopping);
        }
    }

    [LoggerMessage(
        1,
        LogLevel.Warning,
        "MongoDB: {What} is not available yet because {Reason}. Retrying (attempt {Attempt})"
    )]
    private partial void LogWaiting(string what, string reason, int attempt);
}
