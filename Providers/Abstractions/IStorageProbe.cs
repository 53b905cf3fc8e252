namespace SessionAuth.Providers;

/// <summary>Asks a storage whether it takes writes; what a readiness check is made of.</summary>
public interface IStorageProbe
{
    /// <summary>Makes one small durable write, as a grain would, and tells whether it succeeded.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait, also when the disk hangs; the write may still happen, which harms nothing.
    /// </param>
    /// <returns>True when the write is durable; false when storage is unavailable.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled first.</exception>
    Task<bool> CanWriteAsync(CancellationToken cancellationToken);
}
