using System.Net;

namespace SessionAuth.Providers.Tests.Membership;

/// <summary>Membership rows with a distinct value in each member.</summary>
internal static class Silos
{
    public static DateTime Now { get; } = new(2026, 3, 4, 5, 6, 7, 89, DateTimeKind.Utc);

    public static SiloAddress Address(int number, int generation = 1) =>
        SiloAddress.New(IPAddress.Parse($"10.0.1.{number}"), 11111, generation);

    public static MembershipEntry Silo(int number, SiloStatus status = SiloStatus.Active) =>
        Silo(Address(number), status);

    public static MembershipEntry Silo(
        SiloAddress address,
        SiloStatus status = SiloStatus.Active
    ) =>
        new()
        {
            SiloAddress = address,
            Status = status,
            SuspectTimes =
            [
                Tuple.Create(Address(201), Now.AddMinutes(-2)),
                Tuple.Create(Address(202), Now.AddMinutes(-4)),
                Tuple.Create(Address(203), Now.AddMinutes(-3)),
            ],
            ProxyPort = 30000,
            HostName = "host.example.org",
            SiloName = $"silo {address}",
            RoleName = "role",
            UpdateZone = 3,
            FaultZone = 4,
            StartTime = Now.AddHours(-1),
            IAmAliveTime = Now,
        };

    /// <summary>A row with a number that distinguishes it from others of the same silo.</summary>
    public static MembershipEntry Numbered(int silo, int number)
    {
        MembershipEntry numbered = Silo(silo);
        numbered.UpdateZone = number;
        return numbered;
    }

    /// <summary>A row without a heartbeat or vote since this time.</summary>
    public static MembershipEntry Silent(int number, SiloStatus status, DateTime since)
    {
        MembershipEntry silo = Silo(number, status);
        silo.StartTime = since.AddDays(-1);
        silo.IAmAliveTime = since;
        silo.SuspectTimes = [];
        return silo;
    }
}
