namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Steps of a silo with its membership table.</summary>
internal static class MembershipTables
{
    public static async Task<TableVersion> VersionAsync(this IMembershipTable table) =>
        (await table.ReadAllAsync()).Version;

    public static async Task<TableVersion> NextAsync(this IMembershipTable table) =>
        (await table.VersionAsync()).Next();

    /// <summary>Reads an existing row and its etag.</summary>
    public static async Task<(MembershipEntry Silo, string ETag)> RowAsync(
        this IMembershipTable table,
        SiloAddress address
    )
    {
        (MembershipEntry silo, string etag) = Assert.Single(
            (await table.ReadRowAsync(address)).Members
        );
        Assert.Equal(address, silo.SiloAddress);
        return (silo, etag);
    }

    public static async Task AddAsync(this IMembershipTable table, params MembershipEntry[] silos)
    {
        foreach (MembershipEntry silo in silos)
            Assert.True(await table.InsertRowAsync(silo, await table.NextAsync()));
    }

    /// <summary>Replaces a row with the current etags.</summary>
    public static async Task ReplaceAsync(this IMembershipTable table, MembershipEntry silo)
    {
        (_, string etag) = await table.RowAsync(silo.SiloAddress);
        Assert.True(await table.UpdateRowAsync(silo, etag, await table.NextAsync()));
    }

    /// <summary>The whole table as text: its version and each row, with their etags.</summary>
    public static async Task<string[]> SnapshotAsync(this IMembershipTable table)
    {
        MembershipTableData all = await table.ReadAllAsync();
        return
        [
            $"{all.Version.Version} {all.Version.VersionEtag}",
            .. all
                .Members.Select(row => $"{row.Item1.Described()} ETag={row.Item2}")
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The rows without their etags.</summary>
    public static async Task<string[]> RowsAsync(this IMembershipTable table) =>
        Described((await table.ReadAllAsync()).Members.Select(row => row.Item1));

    public static string[] Described(IEnumerable<MembershipEntry> silos) =>
        [.. silos.Select(Described).Order(StringComparer.Ordinal)];

    /// <summary>Every member of a row. A date ends with a Z only if it is in UTC.</summary>
    public static string Described(this MembershipEntry silo)
    {
        IEnumerable<string> suspicions =
            silo.SuspectTimes?.Select(vote => $"{vote.Item1.ToParsableString()} {vote.Item2:O}")
            ?? [];
        return $"""
            {silo.SiloAddress.ToParsableString()} Status={silo.Status}
            SuspectTimes=[{string.Join(", ", suspicions)}] ProxyPort={silo.ProxyPort}
            HostName={silo.HostName} SiloName={silo.SiloName} RoleName={silo.RoleName ?? "null"}
            UpdateZone={silo.UpdateZone} FaultZone={silo.FaultZone}
            StartTime={silo.StartTime:O} IAmAliveTime={silo.IAmAliveTime:O}
            """;
    }
}
