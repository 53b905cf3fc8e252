using System.Net;
using static SessionAuth.Providers.Tests.Membership.Silos;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>How a membership table returns the rows that were written.</summary>
public abstract class MembershipRowConformance : MembershipConformance
{
    [Fact]
    public async Task Empty_table_has_a_version_for_the_first_insert()
    {
        MembershipTableData empty = await Table.ReadAllAsync();

        Assert.Empty(empty.Members);
        Assert.False(string.IsNullOrEmpty(empty.Version.VersionEtag));
        Assert.True(await Table.InsertRowAsync(Silo(1), empty.Version.Next()));
    }

    [Fact]
    public async Task Read_of_all_returns_each_row_with_its_etag_and_the_version()
    {
        TableVersion empty = await Table.VersionAsync();
        MembershipEntry[] silos = [.. Enum.GetValues<SiloStatus>().Select(WithStatus)];
        await Table.AddAsync(silos);

        MembershipTableData all = await Table.ReadAllAsync();

        Assert.Equal(
            MembershipTables.Described(silos),
            MembershipTables.Described(all.Members.Select(row => row.Item1))
        );
        Assert.DoesNotContain(all.Members, row => string.IsNullOrEmpty(row.Item2));
        Assert.Equal(empty.Version + silos.Length, all.Version.Version);

        static MembershipEntry WithStatus(SiloStatus status, int number) => Silo(number, status);
    }

    [Fact]
    public async Task Read_of_one_row_returns_the_same_as_a_read_of_all()
    {
        await Table.AddAsync(Silo(1), Silo(2), Silo(3));
        MembershipTableData all = await Table.ReadAllAsync();

        MembershipTableData one = await Table.ReadRowAsync(Address(2));

        (MembershipEntry silo, string etag) = Assert.Single(one.Members);
        Assert.Equal(Silo(2).Described(), silo.Described());
        Assert.Equal(all.TryGet(Address(2))?.Item2, etag);
        Assert.Equal(all.Version, one.Version);
    }

    [Fact]
    public async Task Read_of_a_silo_without_a_row_returns_only_the_version()
    {
        await Table.AddAsync(Silo(1));

        MembershipTableData none = await Table.ReadRowAsync(Address(2));

        Assert.Empty(none.Members);
        Assert.Equal(await Table.VersionAsync(), none.Version);
    }

    [Fact]
    public async Task Etags_read_with_one_row_are_valid_for_an_update()
    {
        await Table.AddAsync(Silo(1, SiloStatus.Joining), Silo(2));
        MembershipTableData one = await Table.ReadRowAsync(Address(1));

        Assert.True(
            await Table.UpdateRowAsync(
                Silo(1),
                Assert.Single(one.Members).Item2,
                one.Version.Next()
            )
        );
    }

    [Theory]
    [InlineData("10.1.2.3", 11111, 1)]
    [InlineData("255.255.255.255", 65535, int.MaxValue)]
    [InlineData("::1", 11111, 0)]
    [InlineData("2001:db8::8a2e:370:7334", 1, 123456789)]
    public async Task Any_silo_address_is_kept_also_of_suspecting_silos(
        string address,
        int port,
        int generation
    )
    {
        SiloAddress silo = SiloAddress.New(IPAddress.Parse(address), port, generation);
        MembershipEntry written = Silo(silo);
        written.SuspectTimes = [Tuple.Create(silo, Now)];

        await Table.AddAsync(written);

        (MembershipEntry read, _) = await Table.RowAsync(silo);
        Assert.Equal(written.Described(), read.Described());
        Assert.Equal(silo, Assert.Single(read.SuspectTimes!).Item1);
    }

    [Fact]
    public async Task Silo_addresses_that_differ_in_one_part_have_separate_rows()
    {
        IPAddress ip = IPAddress.Parse("10.0.0.1");
        MembershipEntry[] silos =
        [
            Silo(SiloAddress.New(ip, 11111, 1), SiloStatus.Dead),
            Silo(SiloAddress.New(ip, 11111, 2)),
            Silo(SiloAddress.New(ip, 1111, 11)),
            Silo(SiloAddress.New(IPAddress.Parse("10.0.0.11"), 1111, 1)),
            Silo(SiloAddress.New(IPAddress.Parse("::10.0.0.1"), 11111, 1)),
        ];

        await Table.AddAsync(silos);

        foreach (MembershipEntry silo in silos)
            Assert.Equal(
                silo.Described(),
                (await Table.RowAsync(silo.SiloAddress)).Silo.Described()
            );
        Assert.Equal(MembershipTables.Described(silos), await Table.RowsAsync());
    }

    [Fact]
    public async Task Row_without_suspicions_and_role_is_kept()
    {
        MembershipEntry silo = Silo(1);
        silo.SuspectTimes = null;
        silo.RoleName = null;

        await Table.AddAsync(silo);

        Assert.Equal([silo.Described()], await Table.RowsAsync());
    }

    [Fact]
    public async Task Times_are_kept_in_UTC_to_the_millisecond()
    {
        DateTime time = Now.AddTicks(4321);
        MembershipEntry silo = Silo(1);
        silo.StartTime = time;
        silo.IAmAliveTime = time;
        silo.SuspectTimes = [Tuple.Create(Address(2), time)];

        await Table.AddAsync(silo);

        (MembershipEntry read, _) = await Table.RowAsync(Address(1));
        Assert.All(
            [read.StartTime, read.IAmAliveTime, Assert.Single(read.SuspectTimes!).Item2],
            kept =>
            {
                Assert.Equal(DateTimeKind.Utc, kept.Kind);
                Assert.InRange((kept - time).Duration(), default, TimeSpan.FromMilliseconds(1));
            }
        );
    }

    [Theory]
    [InlineData("'; DROP TABLE silos; --")]
    [InlineData("$where.a.b/c\\d")]
    [InlineData("Grüße 漢字 🔑 line\r\nbreak")]
    [InlineData("")]
    public async Task Any_text_is_kept_unchanged(string text)
    {
        MembershipEntry silo = Silo(1);
        silo.HostName = silo.SiloName = silo.RoleName = text;

        await Table.AddAsync(silo);

        Assert.Equal([silo.Described()], await Table.RowsAsync());
    }
}
