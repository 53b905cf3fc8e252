using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Providers;

namespace SessionAuth.Silo.Hosting;

/// <summary>
/// Failures that are nobody's mistake in the code: a connection, a node or the database went away. Where in the code it
/// was noticed tells an operator nothing.
/// </summary>
internal static class KnownFailure
{
    // Types that are not public, or whose library this project does not refer to.
    private static readonly HashSet<string> s_byName =
    [
        "ConnectionFailedException",
        "SocketConnectionException",
        "OrleansClusterConnectivityCheckFailedException",
        "OrleansLifecycleCanceledException",
        "GatewayTooBusyException",
        "MongoConnectionException",
        "MongoConnectionClosedException",
        "MongoConnectionPoolPausedException",
        "MongoNotPrimaryException",
        "MongoNodeIsRecoveringException",
    ];

    /// <summary>The cause in a few words; null when the exception is none of these.</summary>
    public static string? Of(Exception exception)
    {
        Exception[] chain = [.. Chain(exception)];
        return chain.Any(IsKnown) ? $"{chain[^1].GetType().Name}: {chain[^1].Message}" : null;
    }

    private static bool IsKnown(Exception exception) =>
        exception
            is SocketException
                or ConnectionAbortedException
                or ConnectionResetException
                or SiloUnavailableException
                or OrleansMessageRejectionException
                or SiloNotConfirmedException
                or OutcomeUnknownException
                or StorageUnavailableException
                or TimeoutException
                or OperationCanceledException
        || s_byName.Contains(exception.GetType().Name);

    private static IEnumerable<Exception> Chain(Exception? exception)
    {
        for (Exception? e = exception; e is not null; e = e.InnerException)
            yield return e;
    }
}
