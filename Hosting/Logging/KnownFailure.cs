using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using SessionAuth.Grains.Interfaces;
using SessionAuth.Providers;

namespace SessionAuth.Hosting.Logging;

/// <summary>
/// Failures that are not bugs: a connection, a node or the database became unavailable. Their stack traces tell an
/// operator nothing.
/// </summary>
internal static class KnownFailure
{
    // Types that are not public, or whose library this project does not reference.
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

    /// <summary>Type and message of the innermost cause; null when the exception is not a known failure.</summary>
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
