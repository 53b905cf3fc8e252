using SessionAuth.Domain;

namespace SessionAuth.Mail.Sending;

/// <summary>Finds the accounts that have scheduled work due.</summary>
public interface IDueUsers
{
    /// <summary>Those whose work was due by a time; the one that has waited longest comes first.</summary>
    IAsyncEnumerable<UserId> Find(DateTimeOffset dueBy, CancellationToken cancellationToken);
}
