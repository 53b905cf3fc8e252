namespace SessionAuth.Domain.Accounts;

/// <remarks>
/// Idempotency: the operations completed within the last minute, stored together with their change. A call that is
/// retried after an unknown outcome gets the result of the first one. Retries happen within the response timeout. At
/// most sixteen operations are remembered: after more changes than that within a minute, a retry may be handled as a
/// new call.
/// </remarks>
public sealed partial record Account
{
    private const int MaxFinished = 16;

    private static readonly TimeSpan s_finishedIsKept = TimeSpan.FromMinutes(1);

    /// <summary>The completed operation with this id; null if there is none.</summary>
    public FinishedOperation? FinishedBy(OperationId? operation) =>
        operation is { } id ? Finished.FirstOrDefault(done => done.Id == id.Value) : null;

    /// <param name="operation">The operation id; null for calls that are not retried.</param>
    /// <param name="now">The current time.</param>
    /// <param name="result">What is needed to repeat the result, in addition to the account; never a secret.</param>
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
