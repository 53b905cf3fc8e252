namespace SessionAuth.Grains.Storage;

/// <summary>What a failed write means. The host provides it: it knows the storage that it has registered.</summary>
public interface IWriteFailures
{
    /// <summary>
    /// True when the write has certainly changed nothing, and will not; false when it may be stored, or may yet come to
    /// be stored: the connection broke, no answer came in time.
    /// </summary>
    /// <param name="failure">What storage threw, other than a conflict of versions.</param>
    bool ChangedNothing(Exception failure);
}
