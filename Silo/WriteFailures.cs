using SessionAuth.Grains.Storage;
using SessionAuth.Providers;

namespace SessionAuth.Silo;

/// <summary>
/// What a failed write means, as the providers say it. Whatever else they throw, they have thrown before anything was
/// sent: a document that cannot be written, or is too large.
/// </summary>
internal sealed class WriteFailures : IWriteFailures
{
    public bool ChangedNothing(Exception failure) =>
        failure is not StorageUnavailableException { OutcomeUnknown: true };
}
