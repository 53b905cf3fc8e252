using SessionAuth.Domain;

namespace SessionAuth.Grains.Users;

/// <summary>
/// What was done within the last minute, written with the change itself: a call that is repeated, because the silo died
/// that was to answer it, is answered as the first one was.
/// </summary>
/// <remarks>
/// A call is repeated within the response timeout. Sixteen are remembered at most: more changes of one account within a
/// minute than that, and a repeated call may be answered as a new one.
/// </remarks>
internal static class FinishedOperations
{
    private const int Most = 16;

    private static readonly TimeSpan s_keptFor = TimeSpan.FromMinutes(1);

    /// <summary>The user with this done.</summary>
    /// <param name="user">The user.</param>
    /// <param name="operation">What was asked; null where it cannot be repeated.</param>
    /// <param name="now">The time.</param>
    /// <param name="result">What the answer is made of beside the user; never a secret.</param>
    public static UserState WithFinished(
        this UserState user,
        OperationId? operation,
        DateTimeOffset now,
        string? result = null
    ) =>
        operation is { } id
            ? user with
            {
                Finished =
                [
                    new(id.Value, now, user.Stamp, result),
                    .. user.Finished.Where(done => now - done.At < s_keptFor).Take(Most - 1),
                ],
            }
            : user;

    /// <summary>What was done; null when it was not.</summary>
    public static FinishedOperation? FinishedBy(this UserState user, OperationId? operation) =>
        operation is { } id ? user.Finished.FirstOrDefault(done => done.Id == id.Value) : null;
}
