namespace SessionAuth.Providers;

/// <summary>Checks whether a storage accepts writes, for readiness.</summary>
public interface IStorageProbe
{
    /// <summary>Makes one small durable write, as a grain would.</summary>
    /// <param name="cancellationToken">
    /// Cancels the wait, even when the disk hangs; the write may still complete, which is harmless.
    /// </param>
    /// <returns>True when the write is durable; false when storage is unavailable.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    Task<bool> CanWriteAsync(CancellationToken cancellationToken);
}
