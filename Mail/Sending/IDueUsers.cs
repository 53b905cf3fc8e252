using SessionAuth.Domain;

namespace SessionAuth.Grains.Mail;

/// <summary>Finds the users who have something due. The host of the silo provides it, over the storage that it has.</summary>
public interface IDueUsers
{
    /// <summary>Those whose <c>DueAt</c> is not after a time, whoever has waited longest first.</summary>
    IAsyncEnumerable<UserId> Find(DateTimeOffset dueBy, CancellationToken cancellationToken);
}
