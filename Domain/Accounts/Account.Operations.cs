namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// What was done within the last minute, stored with the change itself: a call that is repeated, because the silo died
/// that was to answer it, is answered as the first one was. A call is repeated within the response timeout. At most
/// sixteen are remembered: after more changes than that within a minute a repeated call may be answered as a new one.
/// </remarks>
public sealed partial record Account
{
    private const int MaxFinished = 16;

    private static readonly TimeSpan s_finishedIsKept = TimeSpan.FromMinutes(1);

    /// <summary>What was done by this operation; null when it was not.</summary>
    public FinishedOperation? FinishedBy(OperationId? operation) =>
        operation is { } id ? Finished.FirstOrDefault(done => done.Id == id.Value) : null;

    /// <param name="operation">The operation; null where no call is repeated.</param>
    /// <param name="now">The time.</param>
    /// <param name="result">What the answer is made of beside the account; never a secret.</param>
    private Account WithFinished(
        OperationId? operation,
        DateTimeOffset now,
        string? result = null
    ) =>
        operation is { } id
            ? this with
            {
                Finished =
                [
                    new(id.Value, now, Stamp, result),
                    .. Finished
                        .Where(done => now - done.At < s_finishedIsKept)
                        .Take(MaxFinished - 1),
                ],
            }
            : this;
}
