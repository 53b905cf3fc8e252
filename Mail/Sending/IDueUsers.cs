using SessionAuth.Domain;

namespace SessionAuth.Mail.Sending;

/// <summary>Finds the accounts that have scheduled work due.</summary>
public interface IDueUsers
{
    /// <summary>Finds accounts whose work was due by a time, in the order of the due times.</summary>
    IAsyncEnumerable<UserId> Find(DateTimeOffset dueBy, CancellationToken cancellationToken);
}
