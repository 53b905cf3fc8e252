using System.Runtime.CompilerServices;
using SessionAuth.Domain;
using SessionAuth.Grains.Storage;
using SessionAuth.Providers;

namespace SessionAuth.Mail.Sending;

/// <summary>Accounts that have scheduled work due, read page by page from grain storage.</summary>
internal sealed class DueUsers(IScheduledWork states) : IDueUsers
{
    private const int PageSize = 200;

    public async IAsyncEnumerable<UserId> Find(
        DateTimeOffset dueBy,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        IReadOnlyList<ScheduledState> page = [];
        do
        {
            page = await states.Find(
                GrainStorageNames.Users,
                dueBy,
                page is [.., { } last] ? last : null,
                PageSize,
                cancellationToken
            );
            foreach (ScheduledState due in page)
            {
                if (UserId.TryParse(due.Key, out UserId user))
                    yield return user;
            }
        } while (page.Count == PageSize);
    }
}
