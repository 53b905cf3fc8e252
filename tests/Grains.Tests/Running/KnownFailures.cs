using SessionAuth.Grains.Storage;

namespace SessionAuth.Grains.Tests.Running;

/// <summary>What the failures of <see cref="StorageFaults"/> mean.</summary>
internal sealed class KnownFailures : IWriteFailures
{
    // Orleans wraps what is none of its own.
    public bool ChangedNothing(Exception failure) =>
        failure.InnerException is not NoAnswerException;
}
