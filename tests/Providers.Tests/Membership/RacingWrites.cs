using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Writes to a membership table with parallel writers.</summary>
internal static class RacingWrites
{
    /// <summary>
    /// Stores a number in a row, derived from the version that the update makes, unless another write comes first.
    /// </summary>
    public static async Task<bool> NumberAsync(
        this IMembershipTable table,
        int silo,
        Func<TableVersion, int> number
    )
    {
        MembershipTableData read = await table.ReadRowAsync(Address(silo));
        TableVersion next = read.Version.Next();
        string etag = Assert.Single(read.Members).Item2;
        return await table.UpdateRowAsync(Numbered(silo, number(next)), etag, next);
    }

    public static Task NumberAtLastAsync(
        this IMembershipTable table,
        int silo,
        Func<TableVersion, int> number
    ) => AtLastAsync(() => table.NumberAsync(silo, number));

    public static Task InsertAtLastAsync(this IMembershipTable table, MembershipEntry silo) =>
        AtLastAsync(async () => await table.InsertRowAsync(silo, await table.NextAsync()));

    /// <summary>Retries while other writers win, far more often than they can.</summary>
    private static async Task AtLastAsync(Func<Task<bool>> write)
    {
        for (int attempt = 0; attempt < 1000; attempt++)
            if (await write())
                return;
        Assert.Fail("A write with fresh etags was refused a thousand times.");
    }
}
